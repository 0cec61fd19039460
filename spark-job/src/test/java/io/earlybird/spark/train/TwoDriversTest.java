package io.earlybird.spark.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.spark.LocalSpark;
import io.earlybird.spark.TinyShards;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drivers on hosts of their own, as far as they can tell, with clocks 12 hours apart. */
class TwoDriversTest {
  private static final int MINUTES = 5;

  @TempDir private Path temporary;

  @Test
  void onlyOneOfTwoDriversCommitsAndTheResultIsThatOfOne() throws Exception {
    TinyRun whole = new TinyRun(temporary.resolve("whole"), "checkpoint.every-minutes=0.0001");
    whole.train(LocalSpark.context(), () -> false);
    try (MiniDFSCluster cluster =
        new MiniDFSCluster.Builder(new Configuration(), temporary.resolve("hdfs").toFile())
            .numDataNodes(1)
            .build()) {
      cluster.waitActive();
      String directory = cluster.getURI() + "/run";
      TinyRun run = new TinyRun(directory, "checkpoint.every-minutes=0.0001");
      Path gate = temporary.resolve("gate");
      Path open = Files.writeString(temporary.resolve("open"), "");

      Process first = start("first", DriverProcess.arguments(directory, "alpha", -5, gate));
      await(first, () -> run.checkpoints().contains("epoch-0000-round-0002"));
      Process refused = start("refused", DriverProcess.arguments(directory, "beta", 7, open));
      assertThat(exitCode(refused)).as(output("refused")).isEqualTo(2);
      assertThat(output("refused"))
          .contains("Cannot start: attempt 1 is at work in " + directory)
          .contains("process " + first.pid())
          .contains("on host alpha");
      assertThat(first.isAlive()).isTrue();

      signal(first, "STOP");
      Process second = start("second", DriverProcess.arguments(directory, "beta", 7, open));
      assertThat(exitCode(second)).as(output("second")).isZero();
      assertThat(run.parametersSha256()).isEqualTo(whole.parametersSha256());
      List<String> events = run.events();
      List<String> checkpoints = run.checkpoints();

      Files.writeString(gate, "");
      signal(first, "CONT");
      assertThat(exitCode(first)).as(output("first")).isEqualTo(1);
      assertThat(output("first"))
          .containsPattern(
              "attempt 2 has taken over .* from this one, attempt 1 .*on host beta"
                  + "|another process has taken over from this one");
      assertThat(run.parametersSha256()).isEqualTo(whole.parametersSha256());
      assertThat(run.events()).isEqualTo(events);
      assertThat(run.checkpoints()).isEqualTo(checkpoints);
      assertThat(run.attempts()).contains("ended-1", "ended-2").noneMatch(this::writer);
    }
  }

  private boolean writer(String name) {
    return name.startsWith("writer");
  }

  private static void signal(Process process, String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  private static int exitCode(Process process) throws InterruptedException {
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("No end within " + MINUTES + " minutes");
    }
    return process.exitValue();
  }

  private static void await(Process driver, BooleanSupplier moment) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
    while (driver.isAlive() && !moment.getAsBoolean() && System.nanoTime() < end) {
      Thread.sleep(20);
    }
    assertThat(moment.getAsBoolean()).isTrue();
  }

  private Process start(String name, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.add("-Dearlybird.tiny-shards=" + TinyShards.train().getParent());
    command.add(DriverProcess.class.getName());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(temporary.resolve(name + ".log").toFile());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return builder.start();
  }

  private String output(String name) throws IOException {
    return Files.readString(temporary.resolve(name + ".log"));
  }
}
