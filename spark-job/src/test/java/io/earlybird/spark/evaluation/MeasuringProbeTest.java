package io.earlybird.spark.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Mode;
import io.earlybird.model.engine.Precision;
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
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.spark.LocalSpark;
import io.earlybird.spark.averaging.Averaging;
import io.earlybird.spark.averaging.LocalSteps;
import io.earlybird.spark.averaging.MomentumTreatment;
import io.earlybird.spark.averaging.OuterStep;
import io.earlybird.spark.averaging.WirePrecision;
import io.earlybird.spark.batches.BatchStream;
import io.earlybird.spark.replica.ReplicaKey;
import io.earlybird.spark.round.DrawnBatches;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Answers against the reference engine on the same batches, of unequal sizes. */
class MeasuringProbeTest {
  /** Values around 1 that are rounded to float for each batch, task and answer. */
  private static final Offset<Float> ROUNDING = Offset.offset(1e-6f);

  private static final int REPLICAS = 3;
  private static final int STEPS = 2;
  private static final int CHANNELS = 3;

  private final Network network =
      new Network(
          "probed",
          List.of(
              new Input("input", new Shape(2, 4, 4)),
              new Convolution("conv", "input", CHANNELS, 3, 1, 1),
              new BatchNorm("bn", "conv", 1),
              new Relu("relu", "bn"),
              new AveragePool("pool", "relu", 4, 4, false),
              new Linear("fc", "pool", 3, Linear.Initial.UNIFORM_FAN_IN)));
  private final ParameterLayout layout = ParameterLayout.of(network);
  private final TrainingState state =
      TrainingState.initial(network, Initialization.draw(network, 3));
  private final DrawnBatches data =
      new DrawnBatches(NetworkJson.write(network), REPLICAS, 3, STEPS);
  private final MeasuringProbe probe =
      new MeasuringProbe(
          LocalSpark.context(),
          any ->
              new ReplicaKey(
                  "probe", 0, NetworkJson.write(network), "reference", Precision.FLOAT64, 1),
          new Averaging(
              REPLICAS,
              2,
              new LocalSteps.Fixed(1),
              MomentumTreatment.AVERAGE,
              new OuterStep.None(),
              WirePrecision.FLOAT32),
          data);

  @Test
  void gradientsAreTheMeanOverTheSamplesOfAllBatches() throws IOException {
    double[] sum = new double[layout.length()];
    int samples = 0;
    for (Batch batch : batches(REPLICAS)) {
      double[] gradient = reference().gradients(batch, 0);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += batch.size() * gradient[i];
      }
      samples += batch.size();
    }
    float[] mean = new float[sum.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum[i] / samples);
    }

    assertThat(probe.gradients(state, STEPS).values()).containsExactly(mean, ROUNDING);
  }

  @Test
  void moreBatchesThanAnEpochHasAreThoseOfTheEpoch() {
    assertThat(probe.gradients(state, STEPS + 5)).isEqualTo(probe.gradients(state, STEPS));
  }

  @Test
  void activationsAreThoseOfEachBatchOfTheFirstReplicaInTrainingMode() throws IOException {
    Set<String> nodes = Set.of("relu", "fc");
    List<Map<String, float[]>> found = probe.activations(state, nodes, STEPS);

    List<Batch> batches = batches(1);
    assertThat(found).hasSameSizeAs(batches);
    for (int i = 0; i < found.size(); i++) {
      Map<String, float[]> expected = reference().activations(batches.get(i), nodes, Mode.TRAINING);
      assertThat(found.get(i)).containsOnlyKeys(nodes);
      assertThat(found.get(i).get("relu")).containsExactly(expected.get("relu"));
      assertThat(found.get(i).get("fc")).containsExactly(expected.get("fc"));
    }
  }

  /**
   * Mean m and unbiased variance v of what the batch norm reads in each batch b of n_b samples;
   * then m = sum n_b m_b / N and v = sum n_b (v_b + (m_b - m)^2) / N.
   */
  @Test
  void batchNormStatisticsAreThoseOfWhatTheBatchNormReads() throws IOException {
    Parameters found = probe.batchNormStatistics(state, STEPS);

    List<Batch> batches = batches(REPLICAS);
    int samples = batches.stream().mapToInt(Batch::size).sum();
    for (int c = 0; c < CHANNELS; c++) {
      double mean = 0;
      for (Batch batch : batches) {
        mean += batch.size() * mean(read(batch, c)) / samples;
      }
      double variance = 0;
      for (Batch batch : batches) {
        double[] values = read(batch, c);
        double spread = unbiasedVariance(values) + Math.pow(mean(values) - mean, 2);
        variance += batch.size() * spread / samples;
      }
      assertThat(found.slice("bn.running_mean").get(c)).isCloseTo((float) mean, ROUNDING);
      assertThat(found.slice("bn.running_var").get(c)).isCloseTo((float) variance, ROUNDING);
    }
    assertThat(Arrays.copyOf(found.values(), layout.trainableLength()))
        .containsExactly(Arrays.copyOf(state.parameters().values(), layout.trainableLength()));
  }

  /** All that the batch norm reads of one channel. */
  private double[] read(Batch batch, int channel) {
    double[] all = reference().activation(batch, "conv", Mode.TRAINING);
    int area = all.length / batch.size() / CHANNELS;
    double[] own = new double[batch.size() * area];
    for (int i = 0; i < batch.size(); i++) {
      System.arraycopy(all, (i * CHANNELS + channel) * area, own, i * area, area);
    }
    return own;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double unbiasedVariance(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(value -> Math.pow(value - mean, 2)).sum()
        / (values.length - 1);
  }

  private ReferenceReplica reference() {
    ReferenceReplica replica = new ReferenceReplica(network);
    replica.load(state.parameters(), Parameters.zeros(layout));
    return replica;
  }

  /** Every batch of the first replicas in the coming epoch. */
  private List<Batch> batches(int replicas) throws IOException {
    List<Batch> batches = new ArrayList<>();
    for (int j = 0; j < replicas; j++) {
      try (BatchStream stream = data.open(state.completedEpochs(), j, 0, STEPS)) {
        while (stream.next()) {
          batches.add(stream.batch());
        }
      }
    }
    return batches;
  }
}
