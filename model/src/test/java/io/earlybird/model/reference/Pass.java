package io.earlybird.model.reference;

import io.earlybird.model.engine.Mode;
import java.util.HashMap;
import java.util.Map;

/**
 * What one forward and backward pass knows: the values it reads, the output of every node and the
 * gradients that have arrived so far.
 */
final class Pass {
  private final int samples;
  private final Mode mode;
  private final double[] values;
  private final double[] parameterGradient;
  private final Map<String, double[]> outputs = new HashMap<>();
  private final Map<String, double[]> gradients = new HashMap<>();

  Pass(int samples, Mode mode, double[] values) {
    this.samples = samples;
    this.mode = mode;
    this.values = values;
    this.parameterGradient = new double[values.length];
  }

  int samples() {
    return samples;
  }

  Mode mode() {
    return mode;
  }

  /** Values in the layout of the network; read only. */
  double[] values() {
    return values;
  }

  /** Gradient with respect to the values, in the same layout; operators add to it. */
  double[] parameterGradient() {
    return parameterGradient;
  }

  void setOutput(String node, double[] output) {
    outputs.put(node, output);
  }

  /** Output [N, C, H, W] of a node. */
  double[] output(String node) {
    return outputs.get(node);
  }

  /** Gradient with respect to the output of a node, zero at first; operators add to it. */
  double[] gradient(String node) {
    return gradients.computeIfAbsent(node, name -> new double[outputs.get(name).length]);
  }
}
