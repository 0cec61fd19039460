package io.earlybird.engine.torch;

import io.earlybird.model.engine.ActivationRounding;
import io.earlybird.model.engine.Quantization;
import io.earlybird.model.network.Network;
import java.nio.FloatBuffer;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/**
 * Rounds what convolutions put out, and the gradients that arrive there, in passes on the
 * processor: both in the memory in which they lie, or in a copy where others read that too.
 */
final class StraightThrough {
  private final ActivationRounding rounding;
  private Quantization quantization = Quantization.none();

  StraightThrough(Network network) {
    this.rounding = new ActivationRounding(network);
  }

  /** Says what activations of the passes from now on become, and errors on their way back. */
  void use(Quantization words) {
    quantization = words;
  }

  /** Whether anything is rounded. */
  boolean rounds() {
    return quantization.rounds();
  }

  /** Whether the output of a node is rounded, and what arrives there. */
  boolean covers(String node) {
    return quantization.rounds() && rounding.covers(node);
  }

  /** Rounds the output of a node, if it is one that is rounded. */
  void output(String node, Tensor values) {
    if (!covers(node)) {
      return;
    }
    Tensor ordered = values.contiguous(MemoryFormat.ChannelsLast);
    rounding.roundOutputs(quantization, node, buffer(ordered), (int) ordered.size(1));
    if (!values.is_contiguous(MemoryFormat.ChannelsLast)) {
      values.copy_(ordered);
    }
  }

  /** What the gradient that has arrived at a node that is rounded becomes; a new tensor. */
  Tensor error(String node, Tensor gradient) {
    Tensor words = gradient.clone(new MemoryFormatOptional(MemoryFormat.ChannelsLast));
    rounding.roundErrors(quantization, node, buffer(words), (int) words.size(1));
    return words;
  }

  private static FloatBuffer buffer(Tensor tensor) {
    return tensor.data_ptr_float().capacity(tensor.numel()).asBuffer();
  }
}
