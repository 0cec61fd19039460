package io.earlybird.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.spark.submit.NativeEnvironment;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
  @Test
  void itLooksAtVersionsEnginesMemoryAndFileSystems() {
    CommandLineRun run = CommandLineRun.of("doctor");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines())
        .allMatch(line -> line.matches("(OK|WARNING|ERROR) .*"))
        .anyMatch(line -> line.matches("OK +Java +17.*"))
        .anyMatch(line -> line.matches("OK +Spark +3\\.5\\.5, Scala 2\\.12.*"))
        .anyMatch(line -> line.contains("engine dl4j"))
        .anyMatch(line -> line.contains("oneDNN"))
        .anyMatch(line -> line.matches("OK +engine torch +libtorch 2\\.7.*instruction set.*"))
        .anyMatch(line -> line.matches("OK +libtorch .*"))
        .anyMatch(line -> line.matches("OK +default file system +file:///"));
  }

  @Test
  void itLooksAtEveryVariableThatTheLauncherExports() {
    String out = CommandLineRun.of("doctor").out();
    assertThat(out).contains("OMP_NUM_THREADS", "GOMP_SPINCOUNT", "MALLOC_TOP_PAD_");
    assertThat(NativeEnvironment.names())
        .allSatisfy(name -> assertThat(out).containsPattern("(OK|WARNING) +" + name + " "));
  }
}
