package io.earlybird.spark.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.spark.LocalSpark;
import io.earlybird.spark.Main;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code train} in processes of its own, which get SIGKILL and SIGTERM. */
class KilledDriverTest {
  private static final long SEED = 20;
  private static final int LONGEST_DELAY_MILLIS = 1500;
  private static final int MINUTES = 3;

  @TempDir private Path temporary;

  @Test
  void aRunWhoseDriverIsKilledAgainAndAgainEndsWithTheSameBits() throws Exception {
    TinyRun whole = new TinyRun(temporary.resolve("whole"), "checkpoint.every-minutes=0.0001");
    whole.train(LocalSpark.context(), () -> false);
    Path directory = temporary.resolve("killed");
    TinyRun killed = new TinyRun(directory, "checkpoint.every-minutes=0.0001");
    Random random = new Random(SEED);

    // As soon as files of the first checkpoint appear; somewhere in the first epochs; as soon as
    // files of another checkpoint appear.
    kill(killed, () -> checkpoints(directory) > 0, 0);
    kill(killed, () -> checkpoints(directory) > 1, random.nextInt(LONGEST_DELAY_MILLIS));
    long found = checkpoints(directory);
    kill(killed, () -> checkpoints(directory) != found, 0);
    // SIGTERM: the round is finished, everything saved.
    Process asked = start(killed);
    await(asked, () -> output(directory).contains("epoch"));
    asked.destroy();
    assertThat(asked.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
    Process last = start(killed);
    assertThat(last.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();

    assertThat(last.exitValue()).as(output(directory)).isZero();
    assertThat(killed.parametersSha256()).isEqualTo(whole.parametersSha256());
    assertThat(withoutTimes(killed.events())).isEqualTo(withoutTimes(whole.events()));
  }

  /** Kills a driver that has got so far, a moment later. */
  private void kill(TinyRun run, BooleanSupplier moment, int delayMillis) throws Exception {
    Process driver = start(run);
    await(driver, moment);
    Thread.sleep(delayMillis);
    driver.destroyForcibly().waitFor();
  }

  private static void await(Process driver, BooleanSupplier moment) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
    while (driver.isAlive() && !moment.getAsBoolean() && System.nanoTime() < end) {
      Thread.sleep(1);
    }
  }

  private Process start(TinyRun run) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.add(Main.class.getName());
    command.addAll(List.of("train", "--master", "local[1]"));
    for (String setting : run.overrides()) {
      command.addAll(List.of("--set", setting));
    }
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(temporary.resolve("killed.log").toFile());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return builder.start();
  }

  private static String output(Path directory) {
    try {
      return Files.readString(directory.resolveSibling("killed.log"));
    } catch (IOException e) {
      return "";
    }
  }

  private static long checkpoints(Path directory) {
    try (Stream<Path> names = Files.list(directory.resolve("checkpoints"))) {
      return names.filter(Files::isDirectory).map(Path::getFileName).count();
    } catch (IOException e) {
      return 0;
    }
  }

  private static List<String> withoutTimes(List<String> events) {
    return events.stream()
        .map(
            line ->
                line.replaceAll(
                    "\"(time|imagesPerSecond|seconds)\":(\"[^\"]*\"|\\{[^}]*\\}|[-0-9.E]+),?", ""))
        .toList();
  }
}
