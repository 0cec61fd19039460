package io.earlybird.model.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.AveragePool;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Input;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Relu;
import io.earlybird.model.network.Shape;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.model.reparametrization.MagnitudeMask;
import io.earlybird.model.reparametrization.Numbers;
import io.earlybird.model.reparametrization.Reparametrization;
import io.earlybird.model.reparametrization.SoftMask;
import io.earlybird.model.reparametrization.SoftThreshold;
import io.earlybird.model.reparametrization.UnitThreshold;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Gradients of stored weights against differences of the loss, penalty included. */
class ReparametrizedStepTest {
  private static final double WIDTH = 1e-5;

  /** Central differences of that width are exact to about 1e-9 for losses of order 1. */
  private static final double TOLERANCE = 1e-7;

  private static final List<String> LAYERS = List.of("conv.weight", "fc.weight");

  private static final Network NETWORK =
      new Network(
          "reparametrized",
          List.of(
              new Input("input", new Shape(2, 4, 4)),
              new Convolution("conv", "input", 3, 3, 1, 1),
              new BatchNorm("bn", "conv", 1),
              new Relu("relu", "bn"),
              new AveragePool("pool", "relu", 4, 1, false),
              new Linear("fc", "pool", 3, Linear.Initial.UNIFORM_FAN_IN)));

  /** A replica of drawn values whose auxiliary ones are spread. */
  private static ReferenceReplica replica(Reparametrization rule) {
    Network network = NETWORK.withAuxiliaries(rule.auxiliaries(ParameterLayout.of(NETWORK)));
    ReferenceReplica replica = new ReferenceReplica(network);
    Parameters drawn = Initialization.draw(network, 3);
    replica.load(drawn, Parameters.zeros(drawn.layout()));
    return replica;
  }

  private static void spread(ReferenceReplica replica, String suffix, double around, double width) {
    Random random = new Random(5);
    for (ParameterLayout.Entry entry : ParameterLayout.of(replica.network()).entries()) {
      if (entry.name().endsWith(suffix)) {
        for (int i = entry.offset(); i < entry.end(); i++) {
          replica.values()[i] = around + width * random.nextGaussian();
        }
      }
    }
  }

  /** What a step hands to the update: without momentum that is what the momentum becomes. */
  private static double[] gradient(ReferenceReplica replica, Batch batch, Reparametrization rule) {
    replica.step(batch, StepRule.sgd(0, 0, 0).withReparametrization(rule));
    return replica.momentum();
  }

  private static double loss(ReferenceReplica replica, Batch batch, Reparametrization rule) {
    double[] stored = replica.values().clone();
    double[] effective = stored.clone();
    ParameterLayout layout = ParameterLayout.of(replica.network());
    rule.on(layout).toEffective(Numbers.of(stored.clone()), Numbers.of(effective));
    ReferenceReplica judge = new ReferenceReplica(replica.network());
    judge.load(effective, new double[effective.length]);
    return judge.loss(batch, 0).loss();
  }

  private static void assertGradients(
      ReferenceReplica replica, Reparametrization rule, ToDoubleFunction<double[]> penalty) {
    Batch batch = RandomBatches.of(NETWORK, 5, 1);
    double[] found = gradient(replica, batch, rule).clone();
    int trainable = ParameterLayout.of(replica.network()).trainableLength();
    double largest = 0;
    for (int i = 0; i < trainable; i++) {
      double value = replica.values()[i];
      replica.values()[i] = value + WIDTH;
      double above = loss(replica, batch, rule) + penalty.applyAsDouble(replica.values());
      replica.values()[i] = value - WIDTH;
      double below = loss(replica, batch, rule) + penalty.applyAsDouble(replica.values());
      replica.values()[i] = value;
      assertThat(found[i])
          .as("value " + i)
          .isCloseTo((above - below) / (2 * WIDTH), within(TOLERANCE));
      largest = Math.max(largest, Math.abs(found[i]));
    }
    assertThat(largest).isGreaterThan(1e-2);
  }

  @Test
  void gradientsThroughSoftThresholdsAgreeWithDifferences() {
    SoftThreshold rule = new SoftThreshold(LAYERS, -2.5, 0);
    ReferenceReplica replica = replica(rule);
    spread(replica, ".threshold", -2.5, 0.3);
    assertGradients(replica, rule, values -> 0);
  }

  @Test
  void gradientsThroughSoftMasksAgreeWithDifferences() {
    SoftMask rule = new SoftMask(LAYERS, -0.1, 0.01, 300, 10, 4);
    ReferenceReplica replica = replica(rule);
    spread(replica, ".mask", -0.1, 0.3);
    ParameterLayout layout = ParameterLayout.of(replica.network());
    assertGradients(
        replica,
        rule,
        values -> {
          double sum = 0;
          for (String layer : LAYERS) {
            ParameterLayout.Entry masks = layout.entry(layer + ".mask");
            for (int i = masks.offset(); i < masks.end(); i++) {
              sum += 1 / (1 + Math.exp(-4 * values[i]));
            }
          }
          return 0.01 * sum;
        });
  }

  @Test
  void masksHandTheGradientOfTheMaskedPointToAllWeights() {
    MagnitudeMask rule = new MagnitudeMask(LAYERS, 30, 1);
    ReferenceReplica replica = replica(rule);
    Batch batch = RandomBatches.of(NETWORK, 5, 1);
    double[] stored = replica.values().clone();
    double[] effective = stored.clone();
    ParameterLayout layout = ParameterLayout.of(NETWORK);
    rule.on(layout).toEffective(Numbers.of(stored), Numbers.of(effective));
    ReferenceReplica masked = new ReferenceReplica(NETWORK);
    masked.load(effective, new double[effective.length]);
    assertThat(gradient(replica, batch, rule))
        .containsExactly(masked.gradients(batch, 0), within(1e-15));
    assertThat(replica.values()).startsWith(prefix(stored, layout.trainableLength()));
  }

  private static double[] prefix(double[] values, int length) {
    return Arrays.copyOf(values, length);
  }

  @Test
  void runningStatisticsAreThoseOfTheEffectiveWeights() {
    UnitThreshold rule = new UnitThreshold(LAYERS, 1e-4);
    ReferenceReplica replica = replica(rule);
    spread(replica, ".threshold", 0.2, 0.05);
    double[] stored = replica.values().clone();
    double[] effective = stored.clone();
    ParameterLayout layout = ParameterLayout.of(replica.network());
    rule.on(layout).toEffective(Numbers.of(stored), Numbers.of(effective));
    ReferenceReplica masked = new ReferenceReplica(replica.network());
    masked.load(effective, new double[effective.length]);
    Batch batch = RandomBatches.of(NETWORK, 5, 1);
    replica.step(batch, StepRule.sgd(0, 0, 0).withReparametrization(rule));
    masked.step(batch, StepRule.sgd(0, 0, 0));
    for (int i = layout.trainableLength(); i < layout.length(); i++) {
      assertThat(replica.values()[i]).isEqualTo(masked.values()[i]);
    }
  }
}
