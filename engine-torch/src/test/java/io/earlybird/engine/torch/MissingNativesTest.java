package io.earlybird.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.engine.Engine;
import io.earlybird.model.engine.Engines;
import io.earlybird.model.engine.ReplicaRequest;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MissingNativesTest {
  /** What the process without the libraries runs. */
  static final class Questions {
    private Questions() {}

    public static void main(String[] arguments) {
      Engine engine = Engines.named("torch");
      System.out.println("build: " + engine.build());
      engine.diagnose().forEach(finding -> System.out.println("diagnosis: " + finding));
      try {
        engine.open(ReplicaRequest.cpu(Networks.named("resnet18-cifar", 10, 8)));
      } catch (IllegalStateException e) {
        System.out.println("open: " + e.getMessage());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pytorch-.*-linux-x86_64.*", "openblas-.*-linux-x86_64", "pytorch-.*"})
  void areNamedWithTheirRemedyByTheDiagnosisAndWhenOpening(String missing)
      throws IOException, InterruptedException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !Path.of(entry).getFileName().toString().matches(missing + "\\.jar"))
            .collect(Collectors.joining(File.pathSeparator));
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                Questions.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(other.waitFor()).as(output).isZero();
    assertThat(output.lines())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("build: libtorch"))
        .anyMatch(line -> line.startsWith("diagnosis: Finding[level=ERROR") && tells(line))
        .anyMatch(line -> line.startsWith("open: Cannot load libtorch") && tells(line));
  }

  private static boolean tells(String line) {
    return line.contains("must be on the class path") && line.contains("javacpp.cachedir");
  }
}
