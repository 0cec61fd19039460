package io.earlybird.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.data.image.JpegImage;
import io.earlybird.model.engine.Engines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Executors that start at the same time on a machine where nothing is extracted yet. */
@Tag("slow")
class EmptyNativeCacheTest {
  private static final int PROCESSES = 4;

  /** What each process runs. */
  static final class Start {
    private Start() {}

    public static void main(String[] arguments) {
      JpegImage.encode(new byte[3], 1, 1);
      System.out.println("loaded: " + Engines.named(arguments[0]).instructionSet());
    }
  }

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"dl4j", "torch"})
  void isFilledByProcessesThatStartTogether(String engine)
      throws IOException, InterruptedException {
    Path cache = Files.createDirectory(folder.resolve("cache"));
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Dorg.bytedeco.javacpp.cachedir=" + cache,
                  "-XX:-CreateCoredumpOnCrash",
                  "-XX:ErrorFile=" + folder.resolve("crash-" + i),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Start.class.getName(),
                  engine)
              .redirectErrorStream(true)
              .redirectOutput(output(i).toFile())
              .start());
    }
    for (int i = 0; i < PROCESSES; i++) {
      int status = processes.get(i).waitFor();
      String printed = Files.readString(output(i));
      assertThat(status).as(printed).isZero();
      assertThat(printed).contains("loaded: ");
    }
  }

  private Path output(int process) {
    return folder.resolve("output-" + process);
  }
}
