package io.earlybird.spark.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.AveragePool;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Input;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.NetworkJson;
import io.earlybird.model.network.Relu;
import io.earlybird.model.network.Shape;
import io.earlybird.model.network.TensorSpec.Role;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.pruning.schedule.LinearDecay;
import io.earlybird.pruning.schedule.Schedule;
import io.earlybird.pruning.schedule.StepDecay;
import io.earlybird.spark.LocalSpark;
import io.earlybird.spark.averaging.Averaging;
import io.earlybird.spark.averaging.LocalSteps;
import io.earlybird.spark.averaging.MomentumTreatment;
import io.earlybird.spark.averaging.OuterStep;
import io.earlybird.spark.averaging.WirePrecision;
import io.earlybird.spark.replica.ReplicaKey;
import io.earlybird.spark.round.DrawnBatches;
import io.earlybird.spark.round.ResidentRounds;
import io.earlybird.spark.round.RoundRequest;
import io.earlybird.spark.round.RoundResult;
import io.earlybird.spark.round.RoundSteps;
import io.earlybird.spark.round.Rounds;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class Dl4jSparkRoundsTest {
  /** Float sums of a few steps in another order, of values of magnitude 1. */
  private static final Offset<Float> ORDER_OF_SUMS = Offset.offset(2e-5f);

  private static final int REPLICAS = 2;
  private static final int BATCH = 4;
  private static final int STEPS = 9;

  private final Network network =
      new Network(
          "baseline",
          List.of(
              new Input("input", new Shape(3, 8, 8)),
              new Convolution("conv", "input", 4, 3, 1, 1),
              new BatchNorm("bn", "conv", 1),
              new Relu("relu", "bn"),
              new AveragePool("pool", "relu", 8, 8, false),
              new Linear("fc", "pool", 3, Linear.Initial.UNIFORM_FAN_IN)));
  private final ParameterLayout layout = ParameterLayout.of(network);
  private final DrawnBatches batches =
      new DrawnBatches(NetworkJson.write(network), REPLICAS, BATCH, STEPS);
  private final StepRule rule = StepRule.sgd(1, 0.9, 1e-3).withGammaL1(1e-3);
  private final Averaging averaging =
      new Averaging(
          REPLICAS,
          1,
          new LocalSteps.Fixed(3),
          MomentumTreatment.AVERAGE,
          new OuterStep.None(),
          WirePrecision.FLOAT32);
  private final Rounds baseline =
      new Dl4jSparkRounds(LocalSpark.context(), averaging, batches, BATCH);

  @Test
  void agreesWithResidentRoundsWhileTheRateChangesInEveryStep() {
    RoundRequest first = request(0, 1, 0, 3, fresh(), new LinearDecay(0.5, 2));
    RoundResult expected = resident().run(first);
    RoundResult result = baseline.run(first);
    assertAgree(result, expected);

    RoundRequest second = request(1, 2, 3, 6, expected, new LinearDecay(0.5, 2));
    assertAgree(baseline.run(second), resident().run(second));
  }

  @Test
  void appliesTheRateOfTheScheduleInEachRoundAndEpoch() {
    // Without momentum, decay and data gradient of an L1-pushed gamma at rest, a step moves gamma
    // by learningRate * s; the gradient of the loss is made vanish by a classifier of zeros.
    double push = 0.125;
    StepRule pushed = StepRule.sgd(1, 0, 0).withGammaL1(push);
    Schedule schedule = new StepDecay(0.5, 0.5, List.of(1, 2));
    for (Rounds rounds : List.of(baseline, resident())) {
      for (int epoch = 0; epoch < 3; epoch++) {
        RoundResult start = fresh();
        start.parameters().slice("fc.weight").put(new float[12]);
        RoundSteps steps = new RoundSteps(epoch, 2, 3, 5, STEPS, schedule);
        RoundResult result =
            rounds.run(
                new RoundRequest(
                    key(), network, steps, pushed, start.parameters(), start.momentum()));
        float gamma = result.parameters().slice("bn.weight").get(0);
        double rate = 0.5 * Math.pow(0.5, epoch);

        // The classifier leaves zero after the first step, so that only this one is exact.
        assertThat((double) gamma).isCloseTo(1 - 2 * rate * push, within(0.05 * rate));
      }
    }
  }

  @Test
  void countsLossAndRightAnswersAsResidentRoundsDo() {
    RoundRequest request = request(0, 1, 0, 3, fresh(), new LinearDecay(0.5, 2));
    RoundResult expected = resident().run(request);
    RoundResult result = baseline.run(request);

    assertThat(result.metrics().samples()).isEqualTo(expected.metrics().samples());
    assertThat(result.metrics().correct()).isEqualTo(expected.metrics().correct());
    assertThat(result.metrics().meanLoss()).isCloseTo(expected.metrics().meanLoss(), within(1e-4));
  }

  @Test
  void refusesToHoldEntriesAtZero() {
    BitSet held = new BitSet();
    held.set(layout.entries(Role.GAMMA).get(0).offset());
    RoundResult start = fresh();
    RoundRequest request =
        new RoundRequest(
            key(),
            network,
            new RoundSteps(0, 1, 0, 3, STEPS, new LinearDecay(0.5, 2)),
            rule.withHeld(HeldEntries.of(held)),
            start.parameters(),
            start.momentum());

    assertThatThrownBy(() -> baseline.run(request))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 held entries");
  }

  private Rounds resident() {
    return new ResidentRounds(LocalSpark.context(), averaging, batches);
  }

  private RoundResult fresh() {
    Parameters parameters = Initialization.draw(network, 3);
    return new RoundResult(parameters, Parameters.zeros(layout), null);
  }

  private RoundRequest request(
      int epoch, int round, int from, int to, RoundResult start, Schedule schedule) {
    RoundSteps steps = new RoundSteps(epoch, round, from, to, STEPS, schedule);
    return new RoundRequest(key(), network, steps, rule, start.parameters(), start.momentum());
  }

  private ReplicaKey key() {
    return new ReplicaKey("test", 0, NetworkJson.write(network), "dl4j", Precision.FLOAT32, 1);
  }

  /** Running statistics apart: dl4j-spark averages variances without what the means differ by. */
  private void assertAgree(RoundResult result, RoundResult expected) {
    assertThat(trainable(result.parameters()))
        .containsExactly(trainable(expected.parameters()), ORDER_OF_SUMS);
    assertThat(trainable(result.momentum()))
        .containsExactly(trainable(expected.momentum()), ORDER_OF_SUMS);
  }

  private float[] trainable(Parameters parameters) {
    return Arrays.copyOf(parameters.values(), layout.trainableLength());
  }
}
