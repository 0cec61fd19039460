package io.earlybird.spark.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.spark.LocalSpark;
import io.earlybird.spark.Main;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
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

  /** A manifest that was written just before the signal arrived costs another start. */
  private static final int MOST_KILLS = 6;

  @TempDir private Path temporary;

  @Test
  void aRunWhoseDriverIsKilledAgainAndAgainEndsWithTheSameBits() throws Exception {
    TinyRun whole = new TinyRun(temporary.resolve("whole"), "checkpoint.every-minutes=0.0001");
    whole.train(LocalSpark.context(), () -> false);
    Path directory = temporary.resolve("killed");
    TinyRun killed = new TinyRun(directory, "checkpoint.every-minutes=0.0001");
    Random random = new Random(SEED);

    // Inside the writing of the first checkpoint; of a later one; somewhere in the first epochs.
    String first = killWhileACheckpointIsWritten(killed, directory);
    String later = killWhileACheckpointIsWritten(killed, directory);
    long found = committed(directory);
    assertThat(found).isPositive();
    kill(killed, () -> committed(directory) > found, random.nextInt(LONGEST_DELAY_MILLIS));
    assertThat(output(directory)).contains(passedOver(first), passedOver(later));
    // SIGTERM: the round is finished, everything saved.
    int lengthBefore = output(directory).length();
    Process asked = start(killed);
    await(asked, () -> output(directory).indexOf("epoch", lengthBefore) >= 0);
    asked.destroy();
    assertThat(asked.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
    Process last = start(killed);
    assertThat(last.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();

    assertThat(last.exitValue()).as(output(directory)).isZero();
    assertThat(killed.parametersSha256()).isEqualTo(whole.parametersSha256());
    assertThat(killed.eventsWithoutTimes()).isEqualTo(whole.eventsWithoutTimes());
  }

  /**
   * Kills a driver while the files of a checkpoint are there and its manifest is not.
   *
   * @return the checkpoint that was left so
   */
  private String killWhileACheckpointIsWritten(TinyRun run, Path directory) throws Exception {
    for (int attempt = 0; attempt < MOST_KILLS; attempt++) {
      String before = unfinished(directory);
      kill(run, () -> another(before, unfinished(directory)), 0);
      String left = unfinished(directory);
      if (another(before, left)) {
        return left;
      }
    }
    throw new AssertionError(
        "No kill of " + MOST_KILLS + " fell inside the writing of a checkpoint");
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
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
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
            .redirectOutput(Redirect.appendTo(temporary.resolve("killed.log").toFile()));
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

  private static boolean another(String before, String checkpoint) {
    return !checkpoint.isEmpty() && !checkpoint.equals(before);
  }

  private static String passedOver(String checkpoint) {
    return "Checkpoint " + checkpoint + " was not completed; looking for the one before it";
  }

  private static long committed(Path directory) {
    return checkpoints(directory).stream().filter(KilledDriverTest::committedAt).count();
  }

  /** The newest checkpoint if its manifest is missing, else the empty string. */
  private static String unfinished(Path directory) {
    List<Path> all = checkpoints(directory);
    if (all.isEmpty() || committedAt(all.get(all.size() - 1))) {
      return "";
    }
    return all.get(all.size() - 1).getFileName().toString();
  }

  private static boolean committedAt(Path checkpoint) {
    return Files.exists(checkpoint.resolve("manifest.json"));
  }

  /** The oldest first. */
  private static List<Path> checkpoints(Path directory) {
    try (Stream<Path> names = Files.list(directory.resolve("checkpoints"))) {
      return names.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
