package io.earlybird.pruning.surgery;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Mode;
import io.earlybird.model.engine.MomentumForm;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.model.reference.RandomBatches;
import io.earlybird.model.reference.ReferenceReplica;

/**
 * Compares a cut network with the masked dense network in the reference engine: evaluation and
 * training mode, then step by step with momentum, decay and L1, parameters and momentum and running
 * statistics.
 */
final class MaskedDense {
  /** Of values around 1, in double; both sides add the same terms but for exact zeros. */
  static final double TOLERANCE = 1e-12;

  private final Cut cut;
  private final ReferenceReplica dense;
  private final ReferenceReplica small;
  private final StepRule rule;

  private MaskedDense(Network network, Cut cut, Parameters parameters, Parameters momentum) {
    this.cut = cut;
    this.dense = new ReferenceReplica(network);
    this.small = new ReferenceReplica(cut.network());
    Parameters masked = parameters.copy();
    Parameters maskedMomentum = momentum.copy();
    cut.masked().zero(masked.values());
    cut.masked().zero(maskedMomentum.values());
    dense.load(masked, maskedMomentum);
    small.load(cut.parameters(parameters), cut.momentum(momentum));
    this.rule =
        StepRule.sgd(0.05, 0.9, 1e-3)
            .withGammaL1(1e-3)
            .withLabelSmoothing(0.1)
            .withMomentumForm(MomentumForm.NESTEROV);
  }

  /**
   * Compares the two networks.
   *
   * @param seed of the values, the momentum and the batches
   */
  static void assertEqual(Network network, Cut cut, long seed, int batchSize, int steps) {
    MaskedDense pair =
        new MaskedDense(
            network,
            cut,
            RandomValues.parameters(network, seed),
            RandomValues.momentum(network, seed));
    Batch first = RandomBatches.of(network, batchSize, seed);
    pair.assertSameLogits(first, Mode.EVALUATION);
    pair.assertSameLogits(first, Mode.TRAINING);
    for (int step = 0; step < steps; step++) {
      pair.step(RandomBatches.of(network, batchSize, seed + step));
      pair.assertSame(pair.small.values(), pair.dense.values(), "values after step " + step);
      pair.assertSame(pair.small.momentum(), pair.dense.momentum(), "momentum after step " + step);
    }
    pair.assertSameLogits(first, Mode.EVALUATION);
  }

  private void assertSameLogits(Batch batch, Mode mode) {
    double[] expected = dense.activation(batch, dense.network().output().name(), mode);
    double[] actual = small.activation(batch, small.network().output().name(), mode);
    assertThat(actual).as("logits in mode " + mode).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertClose(actual[i], expected[i], "logits in mode " + mode, i);
    }
  }

  private void step(Batch batch) {
    dense.step(batch, rule.withHeld(cut.masked()));
    small.step(batch, rule.withHeld(cut.held(HeldEntries.none())));
  }

  private void assertSame(double[] actual, double[] expected, String what) {
    for (int i = 0; i < actual.length; i++) {
      assertClose(actual[i], expected[cut.source(i)], what, i);
    }
  }

  private static void assertClose(double actual, double expected, String what, int index) {
    if (!(Math.abs(actual - expected) <= TOLERANCE * Math.max(1, Math.abs(expected)))) {
      assertThat(actual).as("%s, index %s", what, index).isEqualTo(expected);
    }
  }
}
