package io.earlybird.engine.torch;

import io.earlybird.engine.torch.Arrivals.Gradient;
import io.earlybird.model.network.AveragePool;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.ChannelSelect;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.IndexedAdd;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.MaxPool;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import io.earlybird.model.network.Relu;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * The way back through a recorded pass: the backward function that libtorch has for each node,
 * without autograd. Each step lets go of what it was the last to need.
 */
final class BackwardPass {
  private final Network network;
  private final Tensors tensors;
  private final Placement placement;
  private final Gradients gradients;
  private final NormalizedProduct products;
  private final ChannelIndexes indexes;
  private final FusedOperators fused;
  private final StraightThrough words;

  BackwardPass(
      Network network,
      Tensors tensors,
      Placement placement,
      Gradients gradients,
      ChannelIndexes indexes,
      FusedOperators fused,
      StraightThrough words) {
    this.network = network;
    this.tensors = tensors;
    this.placement = placement;
    this.fused = fused;
    this.gradients = gradients;
    products = new NormalizedProduct(tensors, fused);
    this.indexes = indexes;
    this.words = words;
  }

  /**
   * Leaves the gradients of all trainable tensors.
   *
   * @param tape of the pass; nothing is left on it
   * @param logits gradient of the logits [N, classes]
   */
  void run(Tape tape, Tensor logits) {
    try (Arrivals arrivals = new Arrivals(tape.length())) {
      int last = tape.length() - 1;
      Tensor output = tape.output(last);
      Gradient start = new Gradient(logits.to(output.scalar_type()).view_as(output));
      arrivals.add(last, start);
      for (int i = last; i >= 0; i--) {
        Gradient arrived = arrivals.take(i);
        if (arrived != null) {
          try (PointerScope scope = new PointerScope()) {
            pass(i, tape, rounded(tape.step(i).node().name(), arrived), arrivals);
          }
        }
        tape.drop(i);
      }
    }
  }

  private Gradient rounded(String node, Gradient arrived) {
    if (!words.covers(node)) {
      return arrived;
    }
    Gradient rounded = new Gradient(words.error(node, arrived.tensor()));
    arrived.release();
    return rounded;
  }

  /** Sends what has arrived at a step on to its sources. */
  private void pass(int i, Tape tape, Gradient arrived, Arrivals arrivals) {
    ForwardPlan.Step step = tape.step(i);
    Node node = step.node();
    Tensor gradient = arrived.tensor();
    if (node instanceof Relu) {
      throughRectifier(i, tape, arrived, arrivals);
      return;
    } else if (node instanceof Convolution c && !step.folded().isEmpty()) {
      throughNormalized(c, step.folded().get(0), i, tape, gradient, arrivals);
    } else if (node instanceof Convolution c) {
      throughConvolution(c, i, tape, gradient, arrivals);
    } else if (node instanceof BatchNorm b) {
      send(step, 0, batchNorm(b, i, tape, gradient), arrivals);
    } else if (node instanceof MaxPool || node instanceof AveragePool) {
      send(step, 0, pool(i, tape, gradient), arrivals);
    } else if (node instanceof ChannelSelect s) {
      int channels = network.shape(s.source()).channels();
      send(step, 0, indexes.selectBack(s, gradient, channels), arrivals);
    } else if (node instanceof Linear l) {
      send(step, 0, linear(l, i, tape, gradient), arrivals);
    } else if (node instanceof IndexedAdd a) {
      for (int term = 0; term < a.terms().size(); term++) {
        if (a.terms().get(term).channels().size() == a.channels()) {
          arrivals.add(step.sources().get(term), arrived);
        } else {
          send(step, term, indexes.addBack(a, term, gradient), arrivals);
        }
      }
    } else {
      for (int source : step.sources()) {
        arrivals.add(source, arrived);
      }
    }
    arrived.release();
  }

  /** Hands a gradient over to a source; nothing to do for the first, the images. */
  private void send(ForwardPlan.Step step, int source, Tensor gradient, Arrivals arrivals) {
    int index = step.sources().get(source);
    if (index > 0) {
      Gradient sent = new Gradient(gradient);
      arrivals.add(index, sent);
      sent.release();
    }
  }

  private void throughRectifier(int i, Tape tape, Gradient arrived, Arrivals arrivals) {
    Tensor output = tape.output(i);
    Scalar zero = new Scalar(0.0f);
    if (arrived.exclusive()) {
      torch.threshold_backward_out(arrived.tensor(), arrived.tensor(), output, zero);
      arrivals.add(tape.step(i).sources().get(0), arrived);
    } else {
      send(tape.step(i), 0, torch.threshold_backward(arrived.tensor(), output, zero), arrivals);
    }
    arrived.release();
  }

  /**
   * Where a gradient waits at the source of a 1x1 convolution, the product is added to it as it is
   * computed; otherwise that would take a pass of its own.
   */
  private void throughConvolution(
      Convolution c, int i, Tape tape, Tensor gradient, Arrivals arrivals) {
    int source = tape.step(i).sources().get(0);
    Tensor kernel = tape.extras(i)[0];
    boolean strips = placement.equals(Placement.FLOATS) && Convolutions.pointwise(c);
    Tensor growing = strips ? arrivals.growing(source) : null;
    Tensor x = tape.output(source);
    boolean inner = source > 0;
    Convolutions.Back found =
        Convolutions.back(
            strips ? PixelStrips.of(gradient) : gradient,
            strips ? PixelStrips.of(x) : x,
            kernel,
            c.bias(),
            new long[] {c.stride(), c.stride()},
            new long[] {c.padding(), c.padding()},
            inner && growing == null);
    gradients.put(tensors.named(c.weight()), found.kernel());
    if (c.bias()) {
      gradients.put(tensors.named(c.biasName()), found.bias());
    }
    if (growing != null) {
      fused.addConvolved(growing, gradient, kernel.permute(1, 0, 2, 3), new TensorOptional());
    } else if (inner) {
      send(tape.step(i), 0, strips ? PixelStrips.images(found.x(), x) : found.x(), arrivals);
    }
  }

  private void throughNormalized(
      Convolution c, BatchNorm b, int i, Tape tape, Tensor gradient, Arrivals arrivals) {
    int source = tape.step(i).sources().get(0);
    Tensor x = tape.output(source);
    NormalizedProduct.Back found =
        products.back(NormalizedProduct.Batch.of(tape.extras(i)), x, gradient);
    gradients.put(tensors.named(c.weight()), found.weight());
    gradients.put(tensors.named(b.gamma()), found.gamma());
    gradients.put(tensors.named(b.beta()), found.beta());
    Tensor growing = arrivals.growing(source);
    if (growing != null) {
      products.addInner(found, x, gradient, growing);
    } else if (source > 0) {
      send(tape.step(i), 0, products.inner(found, x, gradient), arrivals);
    }
  }

  private Tensor linear(Linear l, int i, Tape tape, Tensor gradient) {
    Tensor x = tape.output(tape.step(i).sources().get(0));
    Convolutions.Back found =
        Convolutions.pointwiseBack(
            Convolutions.rows(gradient), Convolutions.rows(x), tape.extras(i)[0]);
    gradients.put(tensors.named(l.weight()), found.kernel());
    gradients.put(tensors.named(l.biasName()), found.bias());
    return Convolutions.matrix(found.x()).view(x.sizes());
  }

  private Tensor batchNorm(BatchNorm b, int i, Tape tape, Tensor gradient) {
    Tensor[] statistics = tape.extras(i);
    T_TensorTensorTensor_T found =
        torch.native_batch_norm_backward(
            gradient,
            tape.output(tape.step(i).sources().get(0)),
            new TensorOptional(tensors.named(b.gamma()).value()),
            new TensorOptional(),
            new TensorOptional(),
            new TensorOptional(statistics[0]),
            new TensorOptional(statistics[1]),
            true,
            BatchNorm.EPSILON,
            new BoolPointer(3).put(0, true).put(1, true).put(2, true));
    gradients.put(tensors.named(b.gamma()), found.get1());
    gradients.put(tensors.named(b.beta()), found.get2());
    return new Tensor(found.get0());
  }

  private Tensor pool(int i, Tape tape, Tensor gradient) {
    Node node = tape.step(i).node();
    Tensor x = tape.output(tape.step(i).sources().get(0));
    if (node instanceof MaxPool p) {
      return torch.max_pool2d_with_indices_backward(
          gradient,
          x,
          new long[] {p.kernel(), p.kernel()},
          new long[] {p.stride(), p.stride()},
          new long[] {p.padding(), p.padding()},
          new long[] {1, 1},
          false,
          tape.extras(i)[0]);
    }
    AveragePool p = (AveragePool) node;
    return torch.avg_pool2d_backward(
        gradient,
        x,
        new long[] {p.kernel(), p.kernel()},
        new long[] {p.stride(), p.stride()},
        new long[] {0, 0},
        false,
        true,
        new LongOptional());
  }
}
