package io.earlybird.spark.round;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.data.batch.BatchSettings;
import io.earlybird.data.image.Augmentation;
import io.earlybird.data.image.ImageSettings;
import io.earlybird.data.order.EpochSteps;
import io.earlybird.data.order.OrderSettings;
import io.earlybird.data.shard.ShardSet;
import io.earlybird.model.engine.MomentumForm;
import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.AveragePool;
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
import io.earlybird.pruning.schedule.LinearDecay;
import io.earlybird.spark.LocalSpark;
import io.earlybird.spark.TinyShards;
import io.earlybird.spark.averaging.Averaging;
import io.earlybird.spark.averaging.LocalSteps;
import io.earlybird.spark.averaging.MomentumTreatment;
import io.earlybird.spark.averaging.OuterStep;
import io.earlybird.spark.averaging.WirePrecision;
import io.earlybird.spark.batches.Shards;
import io.earlybird.spark.batches.TrainingShards;
import io.earlybird.spark.replica.ReplicaKey;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With one step a round and no batch norm, R replicas of batch B are one replica of R * B. */
class JointBatchTest {
  /** Float sums over a batch in another order, of values of magnitude 1. */
  private static final Offset<Float> ORDER_OF_SUMS = Offset.offset(1e-5f);

  private final ShardSet set = TinyShards.read(TinyShards.validation());
  private final Network network =
      new Network(
          "joint",
          List.of(
              new Input("input", new Shape(3, 16, 16)),
              new Convolution("conv", "input", 6, 3, 2, 1),
              new Relu("relu", "conv"),
              new AveragePool("pool", "relu", 8, 8, false),
              new Linear("fc", "pool", 3, Linear.Initial.UNIFORM_FAN_IN)));
  private final ParameterLayout layout = ParameterLayout.of(network);

  @ParameterizedTest(name = "{0} replicas of batch {1}, {2}")
  @CsvSource({"3, 4, HEAVY_BALL", "3, 4, NESTEROV", "6, 3, HEAVY_BALL"})
  void replicasAndOneReplicaOfTheJointBatchAgree(int replicas, int batch, MomentumForm form) {
    // 20 samples: 12 and 8, of which the replicas have 3, 3, 2; or 18 and 2, with 4 replicas
    // absent.
    RoundResult many = epoch(replicas, batch, form);
    RoundResult single = epoch(1, replicas * batch, form);

    assertThat(many.parameters().values())
        .containsExactly(single.parameters().values(), ORDER_OF_SUMS);
    assertThat(many.momentum().values()).containsExactly(single.momentum().values(), ORDER_OF_SUMS);
  }

  private RoundResult epoch(int replicas, int batch, MomentumForm form) {
    TrainingShards data = data(new EpochSteps(set.samples(), replicas, batch));
    StepRule rule = StepRule.sgd(1, 0.9, 0.01).withMomentumForm(form).withGammaL1(0.01);
    Averaging averaging =
        new Averaging(
            replicas,
            2,
            new LocalSteps.Fixed(1),
            MomentumTreatment.AVERAGE,
            new OuterStep.None(),
            WirePrecision.FLOAT32);
    Rounds rounds = new ResidentRounds(LocalSpark.context(), averaging, data);
    RoundResult at =
        new RoundResult(
            Initialization.draw(network, 1), Parameters.zeros(layout), RoundMetrics.none());
    for (int step = 0; step < data.stepsPerEpoch(); step++) {
      RoundSteps steps =
          new RoundSteps(
              0, step + 1, step, step + 1, data.stepsPerEpoch(), new LinearDecay(0.1, 1));
      at =
          rounds.run(new RoundRequest(key(), network, steps, rule, at.parameters(), at.momentum()));
    }
    return at;
  }

  private TrainingShards data(EpochSteps steps) {
    BatchSettings settings = new BatchSettings(ImageSettings.of(16, Augmentation.FLIP), 7, 1, 2);
    return new TrainingShards(new Shards(set, settings, ""), new OrderSettings(7, 4, 2), steps);
  }

  private ReplicaKey key() {
    return new ReplicaKey("joint", 0, NetworkJson.write(network), "dl4j", Precision.FLOAT32, 1);
  }
}
