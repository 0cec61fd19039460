package io.earlybird.engine.torch;

import io.earlybird.model.engine.ActivationRounding;
import io.earlybird.model.engine.Quantization;
import io.earlybird.model.network.Network;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.TensorTensorHook;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/**
 * Rounds what convolutions put out, and the gradients that arrive there, in passes on the processor
 * that autograd watches.
 *
 * <p>An output is rounded in its memory, which the backward pass of its node does not read, so that
 * autograd sees the identity. Gradients are rounded by a hook. It is told the gradient alone, so
 * the nodes wait on a stack: autograd takes the nodes of a pass in the reverse of the order in
 * which they were computed. JavaCPP has ten callbacks of a class in a process; all replicas share
 * one, and tell themselves apart by the thread, which on the processor is the one that called.
 */
final class StraightThrough {
  private static final ThreadLocal<StraightThrough> CURRENT = new ThreadLocal<>();

  private final Network network;
  private final ActivationRounding rounding;
  private final Deque<String> nodes = new ArrayDeque<>();
  private Quantization quantization = Quantization.none();

  /** Called by autograd with the gradient of an output; answers what goes on. */
  private static final class Hook extends TensorTensorHook {
    /** Made at the first use, when libtorch has been loaded; stays as long as the process. */
    static final Hook SHARED = new Hook().retainReference();

    @Override
    public TensorBase call(TensorBase gradient) {
      return CURRENT.get().error(new Tensor(gradient));
    }
  }

  StraightThrough(Network network) {
    this.network = network;
    this.rounding = new ActivationRounding(network);
  }

  /** Says what activations of the passes from now on become, and errors on their way back. */
  void use(Quantization words) {
    quantization = words;
    nodes.clear();
    if (words.rounds()) {
      CURRENT.set(this);
    } else {
      CURRENT.remove();
    }
  }

  /** Rounds the output of a node, if it is one that is rounded. */
  void output(String node, Tensor output) {
    if (!quantization.rounds() || !rounding.covers(node)) {
      return;
    }
    try (NoGradGuard off = new NoGradGuard()) {
      Tensor values = output.detach();
      Tensor ordered = values.contiguous(MemoryFormat.ChannelsLast);
      rounding.roundOutputs(quantization, node, buffer(ordered), (int) ordered.size(1));
      if (!values.is_contiguous(MemoryFormat.ChannelsLast)) {
        values.copy_(ordered);
      }
    }
    nodes.push(node);
    output.register_hook(Hook.SHARED);
  }

  private Tensor error(Tensor gradient) {
    String node = nodes.pop();
    if (gradient.size(1) != network.shape(node).channels()) {
      throw new IllegalStateException(
          "Expected the gradient of " + node + ", got one of " + gradient.size(1) + " channels");
    }
    Tensor words = gradient.clone(new MemoryFormatOptional(MemoryFormat.ChannelsLast));
    rounding.roundErrors(quantization, node, buffer(words), (int) words.size(1));
    return words;
  }

  private static FloatBuffer buffer(Tensor tensor) {
    return tensor.data_ptr_float().capacity(tensor.numel()).asBuffer();
  }
}
