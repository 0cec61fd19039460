package io.earlybird.spark.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import io.earlybird.data.shard.ShardException;
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
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.model.reference.ReferenceReplica;
import io.earlybird.pruning.schedule.LinearDecay;
import io.earlybird.pruning.schedule.Schedule;
import io.earlybird.spark.LocalSpark;
import io.earlybird.spark.averaging.Averaging;
import io.earlybird.spark.averaging.LocalSteps;
import io.earlybird.spark.averaging.MomentumTreatment;
import io.earlybird.spark.averaging.OuterStep;
import io.earlybird.spark.averaging.ReplicaMean;
import io.earlybird.spark.averaging.State;
import io.earlybird.spark.averaging.StateVector;
import io.earlybird.spark.averaging.WirePrecision;
import io.earlybird.spark.batches.BatchStream;
import io.earlybird.spark.batches.TrainingData;
import io.earlybird.spark.replica.ReplicaKey;
import io.earlybird.spark.replica.ReplicaPool;
import java.io.IOException;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResidentRoundsTest {
  /** Means of tasks, below 1 in magnitude here, are rounded to float on their way. */
  private static final Offset<Float> MEANS_OF_TASKS = Offset.offset(2e-7f);

  /** Of a value of one replica in two steps: their rounding is that of the largest change. */
  private static final float LARGEST_CHANGE = 0.064f;

  private static final int REPLICAS = 5;
  private static final int STEPS = 4;

  private final Network network =
      new Network(
          "round",
          List.of(
              new Input("input", new Shape(2, 4, 4)),
              new Convolution("conv", "input", 3, 3, 1, 1),
              new BatchNorm("bn", "conv", 1),
              new Relu("relu", "bn"),
              new AveragePool("pool", "relu", 4, 4, false),
              new Linear("fc", "pool", 3, Linear.Initial.UNIFORM_FAN_IN)));
  private final ParameterLayout layout = ParameterLayout.of(network);
  private final Parameters parameters = Initialization.draw(network, 3);
  private final DrawnBatches batches =
      new DrawnBatches(NetworkJson.write(network), REPLICAS, 3, STEPS);
  private final StepRule rule = StepRule.sgd(1, 0.9, 1e-3).withGammaL1(1e-3);

  @ParameterizedTest(name = "{0} replicas per task")
  @ValueSource(ints = {1, 2, 5})
  void aRoundIsTheMeanOfReplicasThatStepByThemselves(int replicasPerTask) {
    RoundSteps steps = new RoundSteps(1, 2, 1, STEPS, STEPS, schedule());
    RoundResult result = rounds(replicasPerTask).run(request(steps));

    StateVector vector = new StateVector(layout, MomentumTreatment.AVERAGE);
    ReplicaMean expected = new ReplicaMean(vector, REPLICAS);
    for (int j = 0; j < REPLICAS; j++) {
      add(steps, j, expected);
    }
    float[] values = new float[vector.length()];
    expected.read(0, values.length, values);
    State mean = vector.zeros();
    vector.write(values, values.length, 0, mean);
    vector.write(expected.moments(), mean);
    assertThat(result.parameters().values())
        .containsExactly(mean.parameters().values(), MEANS_OF_TASKS);
    assertThat(result.momentum().values())
        .containsExactly(mean.momentum().values(), MEANS_OF_TASKS);
    assertThat(result.metrics().samples()).isEqualTo(REPLICAS * 2 * 3 + (REPLICAS - 1) * 2);
    assertThat(result.metrics().instructionSets()).containsExactly("java");
  }

  @Test
  void theSameRoundGivesTheSameBitsWithAFreshPool() {
    RoundSteps steps = new RoundSteps(0, 1, 0, 2, STEPS, schedule());
    RoundResult first = rounds(2).run(request(steps));
    ReplicaPool.shared().clear();
    RoundResult second = rounds(2).run(request(steps));

    assertThat(second.parameters()).isEqualTo(first.parameters());
    assertThat(second.momentum()).isEqualTo(first.momentum());
    assertThat(second.metrics().lossSum()).isEqualTo(first.metrics().lossSum());
  }

  @ParameterizedTest(name = "{0}: {1} of the change")
  @CsvSource({"BFLOAT16, 64", "FLOAT16, 512"})
  void twoBytesOnTheWireKeepTheLeadingBitsOfTheChange(WirePrecision wire, int fraction) {
    RoundSteps steps = new RoundSteps(0, 1, 0, 2, STEPS, schedule());
    RoundResult exact = rounds(2).run(request(steps));
    RoundResult rounded = rounds(2, wire).run(request(steps));

    for (int i = 0; i < layout.trainableLength(); i++) {
      float change = exact.parameters().values()[i] - parameters.values()[i];
      // The changes of replicas differ, so that their largest rounding may exceed that of the mean.
      assertThat(rounded.parameters().values()[i])
          .isCloseTo(
              exact.parameters().values()[i],
              Offset.offset((Math.abs(change) + LARGEST_CHANGE) / fraction));
    }
    assertThat(rounded.parameters()).isNotEqualTo(exact.parameters());
  }

  @Test
  void aLossThatIsNotFiniteEndsTheRoundWithItsPlace() {
    parameters.slice("conv.weight").put(0, Float.NaN);
    RoundSteps steps = new RoundSteps(2, 7, 1, 3, STEPS, schedule());

    assertThatThrownBy(() -> rounds(2).run(request(steps)))
        .isInstanceOf(RoundFailedException.class)
        .hasMessage(
            "Cannot go on: the loss is NaN in epoch 3, round 7, replica 0 (step 1 of the epoch)");
  }

  @Test
  void aDamagedShardEndsTheRoundWithItsMessage() {
    RoundSteps steps = new RoundSteps(2, 7, 1, 3, STEPS, schedule());

    assertThatThrownBy(
            () -> rounds(5, WirePrecision.FLOAT32, new DamagedShards()).run(request(steps)))
        .isInstanceOf(RoundFailedException.class)
        .hasMessageContaining("Damaged shard shard-000001.tar; copy it again")
        .hasMessageContaining("epoch 3, round 7, replica 0");
  }

  /** Shards that cannot be read, today or tomorrow. */
  private record DamagedShards() implements TrainingData {
    private static final long serialVersionUID = 1;

    @Override
    public long samples() {
      return 100;
    }

    @Override
    public int stepsPerEpoch() {
      return STEPS;
    }

    @Override
    public BatchStream open(int epoch, int replica, int from, int to) throws IOException {
      throw new ShardException("Damaged shard shard-000001.tar; copy it again");
    }
  }

  @Test
  void theTimeOfARoundIsSplitWithoutRest() {
    RoundSteps steps = new RoundSteps(0, 1, 0, 2, STEPS, schedule());
    RoundMetrics.Seconds seconds = rounds(1).run(request(steps)).metrics().seconds();

    assertThat(seconds.total()).isPositive();
    assertThat(seconds.compute()).isPositive();
    assertThat(seconds.compute() + seconds.data() + seconds.broadcast() + seconds.average())
        .isCloseTo(seconds.total(), withPercentage(1e-6));
  }

  private void add(RoundSteps steps, int replica, ReplicaMean mean) {
    ReferenceReplica reference = new ReferenceReplica(network);
    reference.load(parameters, Parameters.zeros(layout));
    long samples = 0;
    for (int step = steps.from(); step < steps.to(); step++) {
      if (batches.size(step, replica) > 0) {
        reference.step(
            batches.batch(network, steps.epoch(), step, replica),
            rule.withLearningRate(steps.learningRate(step)));
        samples += batches.size(step, replica);
      }
    }
    State next = mean.next();
    reference.readParameters(next.parameters());
    reference.readMomentum(next.momentum());
    mean.add(samples);
  }

  private RoundRequest request(RoundSteps steps) {
    ReplicaKey key =
        new ReplicaKey("test", 0, NetworkJson.write(network), "reference", Precision.FLOAT64, 1);
    return new RoundRequest(key, network, steps, rule, parameters, Parameters.zeros(layout));
  }

  private ResidentRounds rounds(int replicasPerTask) {
    return rounds(replicasPerTask, WirePrecision.FLOAT32);
  }

  private ResidentRounds rounds(int replicasPerTask, WirePrecision wire) {
    return rounds(replicasPerTask, wire, batches);
  }

  private static ResidentRounds rounds(int replicasPerTask, WirePrecision wire, TrainingData data) {
    Averaging averaging =
        new Averaging(
            REPLICAS,
            replicasPerTask,
            new LocalSteps.Fixed(3),
            MomentumTreatment.AVERAGE,
            new OuterStep.None(),
            wire);
    return new ResidentRounds(LocalSpark.context(), averaging, data);
  }

  private static Schedule schedule() {
    return new LinearDecay(0.1, 4);
  }
}
