package io.earlybird.model.reference;

import io.earlybird.model.engine.HeldMomentum;
import io.earlybird.model.engine.Quantization;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import io.earlybird.model.network.TensorSpec.Role;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.random.Seeds;

/**
 * Specification 5.1 and 5.2 once more, word by word in double precision and with nothing of the
 * production code but the draws: symmetric words, blocks that are slices of the first axis.
 */
record Words(Quantization quantization) {
  static final Words NONE = new Words(Quantization.none());

  private static final int ACTIVATION = 0;
  private static final int ERROR = 1;
  private static final int GRADIENT = 2;
  private static final int VALUE = 3;
  private static final int MOMENTUM = 4;

  double[] roundOutput(Network network, String node, double[] output) {
    return roundSamples(network, node, output, ACTIVATION);
  }

  double[] roundError(Network network, String node, double[] gradient) {
    return roundSamples(network, node, gradient, ERROR);
  }

  private double[] roundSamples(Network network, String name, double[] values, int use) {
    Node node = network.node(name);
    boolean inner = !name.equals(network.output().name());
    if (!quantization.rounds()
        || !inner
        || !(node instanceof Convolution || node instanceof Linear)) {
      return values;
    }
    double[] rounded = values.clone();
    long key = Seeds.derive(quantization.seed(), use, network.nodes().indexOf(node));
    int length = network.shape(name).elements();
    for (int from = 0; from < values.length; from += length) {
      roundBlock(rounded, from, from + length, key);
    }
    return rounded;
  }

  void roundGradients(StepRule rule, ParameterLayout layout, double[] values, double[] gradients) {
    if (!quantization.rounds()) {
      return;
    }
    for (ParameterLayout.Entry gamma : layout.entries(Role.GAMMA)) {
      for (int i = gamma.offset(); i < gamma.end(); i++) {
        gradients[i] += rule.gammaL1() * Math.signum(values[i]);
      }
    }
    for (int i = 0; i < layout.trainableLength(); i++) {
      if (rule.held().holds(i) && rule.heldMomentum() == HeldMomentum.ZERO) {
        gradients[i] = 0;
      }
    }
    roundTensors(layout, gradients, GRADIENT);
  }

  /** The L1 push is in the gradients already. */
  StepRule remainder(StepRule rule) {
    return quantization.rounds() ? rule.withGammaL1(0) : rule;
  }

  void roundState(ParameterLayout layout, double[] values, double[] momentum) {
    if (quantization.rounds()) {
      roundTensors(layout, values, VALUE);
      roundTensors(layout, momentum, MOMENTUM);
    }
  }

  private void roundTensors(ParameterLayout layout, double[] tensors, int use) {
    long key = Seeds.derive(quantization.seed(), use);
    for (ParameterLayout.Entry entry : layout.entries()) {
      if (entry.spec().role().trainable()) {
        int length = entry.length() / entry.spec().shape().get(0);
        for (int from = entry.offset(); from < entry.end(); from += length) {
          roundBlock(tensors, from, from + length, key);
        }
      }
    }
  }

  private void roundBlock(double[] values, int from, int to, long key) {
    double largest = 0;
    for (int i = from; i < to; i++) {
      largest = Math.max(largest, Math.abs(values[i]));
    }
    if (largest == 0 || !Double.isFinite(largest)) {
      return;
    }
    int exponent = 0;
    while (Math.pow(2, exponent) > largest) {
      exponent--;
    }
    while (Math.pow(2, exponent + 1) <= largest) {
      exponent++;
    }
    double unit = Math.pow(2, exponent - (quantization.wordLength() - 2));
    double greatest = Math.pow(2, quantization.wordLength() - 1) - 1;
    for (int i = from; i < to; i++) {
      double draw = (double) (Seeds.draw(key, i) >>> 40) / (1 << 24);
      double word = Math.floor(values[i] / unit + draw);
      values[i] = Math.min(Math.max(word, -greatest), greatest) * unit;
    }
  }
}
