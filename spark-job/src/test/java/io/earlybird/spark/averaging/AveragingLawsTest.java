package io.earlybird.spark.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.MomentumForm;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.AveragePool;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Input;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import io.earlybird.model.network.Relu;
import io.earlybird.model.network.Shape;
import io.earlybird.model.network.TensorSpec.Role;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.model.reference.RandomBatches;
import io.earlybird.model.reference.ReferenceReplica;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The laws of averaging, on a network that is stepped in double precision. */
class AveragingLawsTest {
  /** Sums of a few hundred products, of magnitude 1. */
  private static final Offset<Double> SUMMATION = Offset.offset(1e-12);

  private static final int REPLICAS = 4;

  private static Network network(Node... normalization) {
    List<Node> nodes = new ArrayList<>();
    nodes.add(new Input("input", new Shape(2, 6, 6)));
    nodes.add(new Convolution("conv", "input", 3, 3, 1, 1));
    nodes.addAll(List.of(normalization));
    nodes.add(new Relu("relu", nodes.get(nodes.size() - 1).name()));
    nodes.add(new AveragePool("pool", "relu", 6, 6, false));
    nodes.add(new Linear("fc", "pool", 3, Linear.Initial.UNIFORM_FAN_IN));
    return new Network("law", nodes);
  }

  @ParameterizedTest(name = "R = 4 replicas with batches {0}, {1}, {2}, {3}, {4}")
  @CsvSource({
    "5, 5, 5, 5, HEAVY_BALL",
    "5, 5, 5, 5, NESTEROV",
    "5, 5, 4, 4, HEAVY_BALL",
    "2, 1, 1, 1, NESTEROV",
    "3, 2, 2, 0, HEAVY_BALL",
    "1, 0, 0, 0, NESTEROV"
  })
  void oneStepOfReplicasIsOneStepOnTheirJointBatch(
      int first, int second, int third, int fourth, MomentumForm form) {
    Network network = network();
    StepRule rule = StepRule.sgd(0.1, 0.9, 0.05).withMomentumForm(form).withGammaL1(0.01);
    int[] sizes = {first, second, third, fourth};
    Batch joint = RandomBatches.of(network, Arrays.stream(sizes).sum(), 7);
    ReferenceReplica single = started(network);
    WeightedMean values = new WeightedMean(single.values().length);
    WeightedMean momentum = new WeightedMean(single.values().length);
    int from = 0;
    for (int j = 0; j < REPLICAS; j++) {
      ReferenceReplica replica = started(network);
      if (sizes[j] > 0) {
        replica.step(part(joint, from, sizes[j]), rule);
        from += sizes[j];
      }
      values.add(sizes[j], replica.values());
      momentum.add(sizes[j], replica.momentum());
    }
    single.step(joint, rule);

    assertThat(values.toDoubles()).containsExactly(single.values(), SUMMATION);
    assertThat(momentum.toDoubles()).containsExactly(single.momentum(), SUMMATION);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void identicalReplicasAreUnchangedExactly(long seed) {
    Network network = network(new BatchNorm("bn", "conv", 1));
    ParameterLayout layout = ParameterLayout.of(network);
    ReferenceReplica replica = started(network);
    Parameters values = Parameters.zeros(layout);
    Parameters velocity = Parameters.zeros(layout);
    replica.step(RandomBatches.of(network, 5, seed), StepRule.sgd(0.1, 0.9, 1e-4));
    replica.readParameters(values);
    replica.readMomentum(velocity);
    StateVector vector = new StateVector(layout, MomentumTreatment.AVERAGE);
    ReplicaMean mean = new ReplicaMean(vector, REPLICAS);
    for (int samples : new int[] {3, 1000, 17, 64}) {
      add(mean, new State(values, velocity), samples);
    }

    assertThat(state(mean, vector)).isEqualTo(new State(values, velocity));
  }

  @Test
  void runningVarianceGainsWhatTheReplicasMeansDifferBy() {
    Network network = network(new BatchNorm("bn", "conv", 1));
    ParameterLayout layout = ParameterLayout.of(network);
    StateVector vector = new StateVector(layout, MomentumTreatment.AVERAGE);
    ReplicaMean mean = new ReplicaMean(vector, REPLICAS);
    List<Parameters> states = List.of(Parameters.zeros(layout), Parameters.zeros(layout));
    for (int j = 0; j < 2; j++) {
      ReferenceReplica replica = started(network);
      replica.step(RandomBatches.of(network, 4, 20 + j), StepRule.sgd(0.1, 0.9, 0));
      replica.readParameters(states.get(j));
      add(mean, new State(states.get(j), Parameters.zeros(layout)), 1 + j);
    }
    Parameters joint = state(mean, vector).parameters();
    int at = layout.entries(Role.RUNNING_MEAN).get(0).offset();
    int spread = layout.entries(Role.RUNNING_VARIANCE).get(0).offset();
    double m0 = states.get(0).values()[at];
    double m1 = states.get(1).values()[at];
    double v0 = states.get(0).values()[spread];
    double v1 = states.get(1).values()[spread];

    assertThat(joint.values()[at]).isEqualTo((float) ((m0 + 2 * m1) / 3));
    // The variance of two points with weights 1/3 and 2/3 is 2/9 of their squared distance.
    assertThat((double) joint.values()[spread])
        .isCloseTo((v0 + 2 * v1) / 3 + 2 / 9.0 * (m0 - m1) * (m0 - m1), Offset.offset(1e-7));
  }

  private static void add(ReplicaMean mean, State replica, int samples) {
    State next = mean.next();
    next.parameters().set(replica.parameters());
    next.momentum().set(replica.momentum());
    mean.add(samples);
  }

  private static State state(ReplicaMean mean, StateVector vector) {
    float[] values = new float[vector.length()];
    mean.read(0, values.length, values);
    State state = vector.zeros();
    vector.write(values, values.length, 0, state);
    vector.write(mean.moments(), state);
    return state;
  }

  /** A replica with values and, after a step on other images, momentum. */
  private static ReferenceReplica started(Network network) {
    ReferenceReplica replica = new ReferenceReplica(network);
    Parameters fresh = Initialization.draw(network, 5);
    replica.load(fresh, Parameters.zeros(fresh.layout()));
    replica.step(RandomBatches.of(network, 6, 99), StepRule.sgd(0.1, 0.9, 1e-3));
    return replica;
  }

  private static Batch part(Batch joint, int from, int size) {
    int image = joint.imageShape().elements();
    FloatBuffer pixels = joint.pixels().slice(from * image, size * image);
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      labels[i] = joint.label(from + i);
    }
    return new Batch(size, joint.imageShape(), pixels, labels);
  }
}
