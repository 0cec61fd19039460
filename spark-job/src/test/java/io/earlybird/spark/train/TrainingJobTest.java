package io.earlybird.spark.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.earlybird.model.engine.Engines;
import io.earlybird.model.engine.Precision;
import io.earlybird.spark.LocalSpark;
import io.earlybird.spark.evaluation.Score;
import io.earlybird.spark.export.ExportFormat;
import io.earlybird.spark.round.RoundFailedException;
import io.earlybird.spark.run.RunRefusedException;
import io.earlybird.spark.run.TrainedNetwork;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingJobTest {
  private static final StopRequest NEVER = () -> false;

  @TempDir private Path temporary;

  @Test
  void trainsSwitchesAndTellsEachEpochOnce() throws Exception {
    TinyRun run = new TinyRun(temporary.resolve("run"));

    assertThat(run.train(LocalSpark.context(), NEVER)).isEqualTo(Outcome.FINISHED);
    assertThat(types(run.events()))
        .containsExactly("epoch", "epoch", "switch", "epoch", "epoch", "summary");
    assertThat(run.parametersSha256()).hasSize(64);
    assertThat(run.instructionSets()).isEqualTo(ofThisProcess());
  }

  @Test
  void theSwitchTellsTheAccuracyOfTheTicketBeforeItIsTrained() throws Exception {
    TinyRun run =
        new TinyRun(
            temporary.resolve("run"),
            "run.epochs=2",
            "sparsity.early-bird.switch-at-epoch=0",
            "sparsity.early-bird.if-no-ticket=switch-at-end");
    run.train(LocalSpark.context(), NEVER);
    // the last checkpoint holds the ticket, since the switch comes after the last epoch
    double ticket = run.score(LocalSpark.context()).top1Fraction();
    List<String> events = run.events();
    assertThat(events.get(2)).contains("\"type\":\"switch\"").contains("\"top1After\":" + ticket);
    assertThat(events.get(3)).contains("\"type\":\"summary\"").contains("\"finalTop1\":" + ticket);
  }

  @Test
  void aRunThatBeginsWithAnExportedNetworkHasItsBitsAndItsScore() throws Exception {
    Path file = temporary.resolve("network.safetensors");
    TinyRun source = dense("source");
    source.train(LocalSpark.context(), NEVER);
    export(source.trained(), file);
    TinyRun next = dense("next", "network.initial-parameters=" + file);

    assertThat(next.train(LocalSpark.context(), () -> true)).isEqualTo(Outcome.STOPPED);
    assertThat(next.parametersSha256(0)).isEqualTo(source.parametersSha256(1));
    Score expected = source.score(LocalSpark.context());
    Score found = next.score(LocalSpark.context());
    assertThat(found.loss()).isEqualTo(expected.loss());
    assertThat(found.top1Fraction()).isEqualTo(expected.top1Fraction());

    Path moved = Files.move(file, temporary.resolve("moved.safetensors"));
    TinyRun same = dense("next", "network.initial-parameters=" + moved);
    assertThat(same.train(LocalSpark.context(), NEVER)).isEqualTo(Outcome.FINISHED);
    export(same.trained(), file);
    TinyRun other = dense("next", "network.initial-parameters=" + file);
    assertThatThrownBy(() -> other.train(LocalSpark.context(), NEVER))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("network.initial-parameters.sha256 was ");
    assertThatThrownBy(() -> dense("next").train(LocalSpark.context(), NEVER))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("is absent");
  }

  private TinyRun dense(String directory, String... more) {
    List<String> settings = new ArrayList<>(List.of("run.epochs=1", "sparsity.policy=dense"));
    settings.addAll(List.of(more));
    return new TinyRun(temporary.resolve(directory), settings.toArray(String[]::new));
  }

  private static void export(TrainedNetwork trained, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      ExportFormat.SAFETENSORS.write(trained, out);
    }
  }

  @Test
  void aRunThatIsFinishedHasNothingLeft() throws Exception {
    TinyRun run = new TinyRun(temporary.resolve("run"));
    run.train(LocalSpark.context(), NEVER);
    List<String> events = run.events();

    assertThat(run.train(LocalSpark.context(), NEVER)).isEqualTo(Outcome.NOTHING_LEFT);
    assertThat(run.events()).isEqualTo(events);
  }

  @ParameterizedTest(name = "stopped after every {0} rounds")
  @ValueSource(ints = {1, 4})
  void aRunThatIsStoppedAndStartedAgainEndsWithTheSameBits(int rounds) throws Exception {
    TinyRun whole = new TinyRun(temporary.resolve("whole"));
    whole.train(LocalSpark.context(), NEVER);
    TinyRun stopped = new TinyRun(temporary.resolve("stopped"));
    int starts = 1;
    while (stopped.train(LocalSpark.context(), new AfterRounds(rounds)) == Outcome.STOPPED) {
      starts++;
    }

    assertThat(starts).isGreaterThan(1);
    assertThat(stopped.parametersSha256()).isEqualTo(whole.parametersSha256());
    assertThat(types(stopped.events())).isEqualTo(types(whole.events()));
    assertThat(stopped.eventsWithoutTimes()).isEqualTo(whole.eventsWithoutTimes());
  }

  @Test
  void bfloat16AfterTheSwitchChangesTheBitsFromThereOnAndKeepsFloat32Parameters() throws Exception {
    assumeTrue(Engines.named("dl4j").precisions().contains(Precision.BFLOAT16));
    String keepAll = "checkpoint.keep=" + TinyRun.EPOCHS;
    TinyRun single = new TinyRun(temporary.resolve("float32"), keepAll);
    single.train(LocalSpark.context(), NEVER);
    TinyRun half =
        new TinyRun(
            temporary.resolve("bfloat16"),
            keepAll,
            "sparsity.early-bird.retrain-precision=bfloat16");

    assertThat(half.train(LocalSpark.context(), NEVER)).isEqualTo(Outcome.FINISHED);
    for (int epoch = 1; epoch <= TinyRun.EPOCHS; epoch++) {
      float[] values = half.state(epoch).parameters().values();
      boolean same = Arrays.equals(values, single.state(epoch).parameters().values());
      assertThat(same).as("epoch " + epoch).isEqualTo(epoch <= 2);
      // masked and initial values aside, 1 float32 in 2^16 is a bfloat16 by chance
      long rounded =
          IntStream.range(0, values.length)
              .filter(i -> (Float.floatToRawIntBits(values[i]) & 0xffff) == 0)
              .count();
      assertThat(rounded).isLessThan(values.length / 4);
    }
  }

  @Test
  void aLossThatTurnsNotFiniteEndsTheRunAndLeavesTheLastCheckpoint() throws Exception {
    TinyRun run =
        new TinyRun(
            temporary.resolve("run"),
            "sparsity.policy=dense",
            "optimizer.schedule.milestones=[2]",
            "optimizer.schedule.factor=1e30");

    assertThatThrownBy(() -> run.train(LocalSpark.context(), NEVER))
        .isInstanceOf(RoundFailedException.class)
        .hasMessageMatching("Cannot go on: .* in epoch 3, round 1, replica \\d .*");
    assertThat(run.checkpoints()).contains("epoch-0002").noneMatch("epoch-0003"::equals);
    assertThat(types(run.events())).containsExactly("epoch", "epoch");
  }

  @Test
  void dl4jSparkTrainsToTheEnd() throws Exception {
    TinyRun run =
        new TinyRun(
            temporary.resolve("run"),
            "run.epochs=2",
            "averaging.implementation=dl4j-spark",
            "averaging.replicas-per-task=1",
            "sparsity.policy=dense");

    assertThat(run.train(LocalSpark.context(), NEVER)).isEqualTo(Outcome.FINISHED);
    assertThat(types(run.events())).containsExactly("epoch", "epoch", "summary");
    assertThat(run.instructionSets()).isEqualTo(ofThisProcess());
  }

  /** The executors of the shared Spark are threads of this process. */
  private static String ofThisProcess() {
    return "[\"" + Engines.named("dl4j").instructionSet() + "\"]";
  }

  private static List<String> types(List<String> events) {
    return events.stream()
        .map(line -> line.replaceFirst("^\\{\"type\":\"([a-z]+)\".*", "$1"))
        .toList();
  }
}
