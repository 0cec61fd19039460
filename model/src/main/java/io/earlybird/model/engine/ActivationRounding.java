package io.earlybird.model.engine;

import io.earlybird.model.engine.Quantization.Use;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import io.earlybird.model.network.Shape;
import io.earlybird.model.quantization.BlockFloatingPoint.Block;
import io.earlybird.model.quantization.Rounding;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Rounding of activations and errors in a training pass (specification 5.2): the output of every
 * convolution and linear map but the classifier, before the batch norm, and the gradient that
 * arrives there on its way into the convolution. Backward, rounding the output counts as identity.
 *
 * <p>The values of one sample are one block. Engines that keep activations as [N, H, W, C] call it;
 * the draws are those of [N, C, H, W]. Used by one thread at a time.
 */
public final class ActivationRounding {
  private final Network network;
  private final Map<String, Integer> positions = new HashMap<>();
  private float[] block = {};

  /** The rounding of a network. */
  public ActivationRounding(Network network) {
    this.network = network;
    for (int i = 0; i < network.nodes().size(); i++) {
      Node node = network.nodes().get(i);
      boolean multiplies = node instanceof Convolution || node instanceof Linear;
      if (multiplies && !node.name().equals(network.output().name())) {
        positions.put(node.name(), i);
      }
    }
  }

  /** Whether what the node puts out is rounded. */
  public boolean covers(String node) {
    return positions.containsKey(node);
  }

  /**
   * Rounds the output of a node in place.
   *
   * @param node one that is covered
   * @param values [N, H, W, width] from index 0 to the limit; of each width the first C are values
   * @param width at least C
   */
  public void roundOutputs(Quantization quantization, String node, FloatBuffer values, int width) {
    round(quantization, Use.ACTIVATION, node, values, width);
  }

  /** Rounds the gradient that has arrived at a node in place; parameters as for outputs. */
  public void roundErrors(Quantization quantization, String node, FloatBuffer values, int width) {
    round(quantization, Use.ERROR, node, values, width);
  }

  private void round(
      Quantization quantization, Use use, String node, FloatBuffer values, int width) {
    Shape shape = network.shape(node);
    Block sample = new Block(shape.pixels(), shape.channels(), width);
    Rounding rounding = quantization.rounding(use, positions.get(node));
    if (block.length < sample.length()) {
      block = new float[sample.length()];
    }
    int samples = values.limit() / sample.length();
    for (int n = 0; n < samples; n++) {
      values.get(n * sample.length(), block, 0, sample.length());
      quantization.words().round(block, 0, sample, rounding, (long) n * shape.elements());
      values.put(n * sample.length(), block, 0, sample.length());
    }
  }
}
