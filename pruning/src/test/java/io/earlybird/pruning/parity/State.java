package io.earlybird.pruning.parity;

import io.earlybird.model.engine.MomentumForm;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.Add;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.pruning.mask.Mask;
import io.earlybird.pruning.surgery.ChannelSurgery;
import io.earlybird.pruning.surgery.Cut;
import io.earlybird.pruning.surgery.RandomValues;
import io.earlybird.pruning.surgery.SurgeryOptions;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * What a replica of a case starts from.
 *
 * @param network dense or cut
 * @param values away from initial ones
 * @param momentum of a training that has begun
 * @param held entries that steps hold at zero
 */
public record State(Network network, Parameters values, Parameters momentum, HeldEntries held) {
  private static final long SEED = 7;
  private static final double PRUNING_RATIO = 0.5;

  /** Low, because two orders of the same sum diverge in some twenty steps at high rates. */
  private static final double LEARNING_RATE = 2e-4;

  /** Factor on the last gammas, or weights, of a residual branch, as in trained networks. */
  private static final float BRANCH = 0.1f;

  /** The state of a case, the same each time. */
  public static State of(ParityCase parity) {
    Network dense = parity.dense();
    Parameters values = values(dense);
    Parameters momentum = RandomValues.momentum(dense, SEED);
    return parity
        .surgery()
        .map(surgery -> cut(dense, values, momentum, surgery))
        .orElseGet(() -> new State(dense, values, momentum, HeldEntries.none()));
  }

  /**
   * As in the middle of a training. Residual branches count little: otherwise gradients grow with
   * the depth until rounding is all that is seen.
   */
  private static Parameters values(Network network) {
    Parameters values = RandomValues.parameters(network, SEED);
    for (Node node : network.nodes()) {
      if (endsBranch(network, node)) {
        scale(values.slice(scaling(node)), BRANCH);
      }
    }
    return values;
  }

  private static boolean endsBranch(Network network, Node node) {
    List<String> readers = network.readers(node.name());
    return (node instanceof BatchNorm || node instanceof Convolution)
        && !node.name().contains("downsample")
        && readers.size() == 1
        && network.node(readers.get(0)) instanceof Add;
  }

  private static String scaling(Node node) {
    return node instanceof BatchNorm norm ? norm.gamma() : node.name() + ".weight";
  }

  private static void scale(FloatBuffer values, float factor) {
    for (int i = 0; i < values.capacity(); i++) {
      values.put(i, factor * values.get(i));
    }
  }

  private static State cut(
      Network dense, Parameters values, Parameters momentum, SurgeryOptions surgery) {
    Mask mask = RandomValues.maskWithEmptyLayers(dense, PRUNING_RATIO, SEED);
    Cut cut = ChannelSurgery.cut(dense, values, mask, surgery);
    return new State(
        cut.network(),
        cut.parameters(values),
        cut.momentum(momentum),
        cut.held(HeldEntries.none()));
  }

  /** Rule of a step: rates fall, and both forms of momentum come in turn. */
  StepRule rule(int step) {
    MomentumForm[] forms = MomentumForm.values();
    return StepRule.sgd(LEARNING_RATE / (1 + step % 4), 0.9, 1e-2)
        .withGammaL1(1e-2)
        .withLabelSmoothing(Trace.LABEL_SMOOTHING)
        .withMomentumForm(forms[step % forms.length])
        .withHeld(held);
  }
}
