package io.earlybird.engine.torch;

import io.earlybird.model.network.Add;
import io.earlybird.model.network.AveragePool;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.ChannelSelect;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.IndexedAdd;
import io.earlybird.model.network.Input;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.MaxPool;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import io.earlybird.model.network.Relu;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntPredicate;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Carries out a plan: one libtorch call for almost every node. */
final class ForwardPass implements AutoCloseable {
  /** Where batch norm takes its statistics, and what it does to the running ones. */
  enum Statistics {
    /** The running statistics normalize. */
    RUNNING,
    /** The batch normalizes, and the running statistics move. */
    BATCH_MOVING,
    /** The batch normalizes, and the running statistics stay. */
    BATCH
  }

  private final Tensors tensors;
  private final Placement placement;
  private final ForwardPlan training;
  private final ForwardPlan plain;
  private final ForwardPlan evaluation;
  private final ForwardPlan complete;
  private final ChannelIndexes indexes;
  private final FusedOperators fused;
  private final FoldedConvolutions folded;
  private final StraightThrough words;
  private final NormalizedProduct products;

  ForwardPass(
      Network network,
      Tensors tensors,
      Placement placement,
      ChannelIndexes indexes,
      FusedOperators fused,
      StraightThrough words) {
    this.tensors = tensors;
    this.placement = placement;
    training = ForwardPlan.training(network);
    plain = ForwardPlan.plain(network);
    evaluation = ForwardPlan.evaluation(network);
    complete = ForwardPlan.complete(network);
    this.indexes = indexes;
    this.fused = fused;
    folded = new FoldedConvolutions(tensors, placement);
    this.words = words;
    products = new NormalizedProduct(tensors, fused);
  }

  /** Says that values or running statistics have changed. */
  void valuesChanged() {
    folded.valuesChanged();
  }

  /**
   * Logits [N, classes] in float32; of the surrounding scope.
   *
   * @param images [N, C, H, W] in the type of activations
   */
  Tensor logits(Tensor images, Statistics statistics) {
    try (Tape tape = Tape.oneWay(statistics == Statistics.RUNNING ? evaluation : training())) {
      run(tape, images, statistics, step -> true);
      return logits(tape);
    }
  }

  /** The plan of passes with the statistics of the batch. */
  ForwardPlan training() {
    return fuses() ? training : plain;
  }

  /**
   * Logits as above of a pass with the statistics of the batch, which leaves on the tape, one of
   * {@link #training}, what the way back needs.
   */
  Tensor record(Tape tape, Tensor images, Statistics statistics) {
    run(tape, images, statistics, step -> !tape.plan().neededBack(step));
    return logits(tape);
  }

  private static Tensor logits(Tape tape) {
    return tape.output(tape.length() - 1).flatten(1, -1).to(ScalarType.Float);
  }

  /** Outputs of the named nodes; of the surrounding scope. */
  Map<String, Tensor> activations(Tensor images, Set<String> nodes, Statistics statistics) {
    List<ForwardPlan.Step> steps = complete.steps();
    Map<String, Tensor> found = new HashMap<>();
    try (Tape tape = Tape.oneWay(complete)) {
      run(tape, images, statistics, step -> false);
      for (int i = 0; i < steps.size(); i++) {
        if (nodes.contains(steps.get(i).node().name())) {
          found.put(steps.get(i).node().name(), new Tensor(tape.output(i)));
        }
      }
    }
    return found;
  }

  /**
   * Carries out the plan of a tape; outputs for which {@code droppable} holds are dropped when they
   * are read.
   */
  private void run(Tape tape, Tensor images, Statistics statistics, IntPredicate droppable) {
    for (int i = 0; i < tape.length(); i++) {
      ForwardPlan.Step step = tape.step(i);
      try (PointerScope scope = new PointerScope()) {
        Tensor output = compute(i, images, tape, statistics);
        words.output(step.node().name(), output);
        tape.put(i, output);
      }
      if (step.overwrites()) {
        tape.dropOutput(step.sources().get(0));
      }
      step.lastReads().stream().filter(droppable::test).forEach(tape::dropOutput);
    }
  }

  private Tensor compute(int index, Tensor images, Tape tape, Statistics statistics) {
    ForwardPlan.Step step = tape.step(index);
    Node node = step.node();
    if (node instanceof Input) {
      return images;
    }
    Tensor x = tape.output(step.sources().get(0));
    if (node instanceof Convolution c) {
      return step.folded().isEmpty()
          ? convolution(c, x, index, tape)
          : convolution(c, step.folded().get(0), x, statistics, index, tape);
    } else if (node instanceof BatchNorm b) {
      return batchNorm(b, x, statistics, index, tape);
    } else if (node instanceof Relu) {
      boolean rectified = fuses() && tape.plan().rectifiedSum(step.sources().get(0));
      return rectified ? x : rectified(step, x);
    } else if (node instanceof MaxPool p) {
      return maxPool(p, x, index, tape);
    } else if (node instanceof AveragePool p) {
      return torch.avg_pool2d(
          x, square(p.kernel()), square(p.stride()), square(0), false, true, new LongOptional());
    } else if (node instanceof Add) {
      if (tape.plan().joined(index)) {
        return x;
      }
      return fuses() && tape.plan().rectifiedSum(index)
          ? rectifiedSum(step, tape)
          : sum(step, tape);
    } else if (node instanceof ChannelSelect s) {
      return indexes.select(s, x);
    } else if (node instanceof IndexedAdd a) {
      return indexes.add(a, step.sources().stream().map(tape::output).toList());
    } else {
      return linear((Linear) node, x, index, tape);
    }
  }

  /** Whether sums and the rectifiers that overwrite them are one pass over memory. */
  private boolean fuses() {
    return placement.equals(Placement.FLOATS) && !words.rounds();
  }

  /** What an in-place call returns is a second name of x, not an owner. */
  private static Tensor rectified(ForwardPlan.Step step, Tensor x) {
    if (!step.overwrites()) {
      return torch.relu(x);
    }
    torch.relu_(x);
    return x;
  }

  private Tensor rectifiedSum(ForwardPlan.Step step, Tape tape) {
    Tensor sum = tape.output(step.sources().get(0));
    fused.addAndRectify(sum, tape.output(step.sources().get(1)));
    return sum;
  }

  private static long[] square(long extent) {
    return new long[] {extent, extent};
  }

  private Tensor convolution(Convolution c, Tensor x, int index, Tape tape) {
    TensorOptional bias = c.bias() ? optional(cast(c.biasName())) : new TensorOptional();
    Tensor kernel = cast(c.weight());
    tape.keep(index, kernel);
    return convolution(c, x, kernel, bias);
  }

  private Tensor convolution(
      Convolution c, BatchNorm b, Tensor x, Statistics statistics, int index, Tape tape) {
    if (statistics == Statistics.RUNNING) {
      FoldedConvolutions.Folded constant = folded.of(c, b);
      return convolution(c, x, constant.kernel(), optional(constant.bias()));
    }
    NormalizedProduct.Batch batch = products.there(c, b, x, statistics);
    tape.keep(index, batch.parts());
    OptionalInt term = tape.plan().term(index);
    if (term.isEmpty()) {
      return products.output(batch, b, x);
    }
    Tensor sum = tape.output(term.getAsInt());
    products.addAndRectify(batch, b, x, sum);
    return sum;
  }

  private Tensor convolution(Convolution c, Tensor x, Tensor kernel, TensorOptional bias) {
    if (placement.equals(Placement.FLOATS) && Convolutions.pointwise(c)) {
      return PixelStrips.convolved(x, kernel, bias);
    }
    return torch.conv2d(x, kernel, bias, square(c.stride()), square(c.padding()), square(1), 1);
  }

  /** The parameter in the type of activations. */
  private Tensor cast(String name) {
    return value(name).to(placement.activations());
  }

  private Tensor batchNorm(BatchNorm b, Tensor x, Statistics statistics, int index, Tape tape) {
    boolean running = statistics != Statistics.BATCH;
    T_TensorTensorTensor_T found =
        torch.native_batch_norm(
            x,
            optional(value(b.gamma())),
            optional(value(b.beta())),
            running ? optional(value(b.runningMean())) : new TensorOptional(),
            running ? optional(value(b.runningVariance())) : new TensorOptional(),
            statistics != Statistics.RUNNING,
            BatchNorm.RUNNING_FACTOR,
            BatchNorm.EPSILON);
    tape.keep(index, new Tensor(found.get1()), new Tensor(found.get2()));
    return new Tensor(found.get0());
  }

  private static Tensor maxPool(MaxPool p, Tensor x, int index, Tape tape) {
    T_TensorTensor_T found =
        torch.max_pool2d_with_indices(
            x, square(p.kernel()), square(p.stride()), square(p.padding()), square(1), false);
    tape.keep(index, new Tensor(found.get1()));
    return new Tensor(found.get0());
  }

  private Tensor value(String name) {
    return tensors.named(name).value();
  }

  private static TensorOptional optional(Tensor tensor) {
    return new TensorOptional(tensor);
  }

  private static Tensor sum(ForwardPlan.Step step, Tape tape) {
    List<Integer> sources = step.sources();
    Tensor first = tape.output(sources.get(0));
    Tensor second = tape.output(sources.get(1));
    Scalar one = new Scalar(1.0f);
    Tensor sum = first;
    if (step.overwrites()) {
      sum.add_(second, one);
    } else {
      sum = torch.add(first, second, one);
    }
    for (int i = 2; i < sources.size(); i++) {
      sum.add_(tape.output(sources.get(i)), one);
    }
    return sum;
  }

  private Tensor linear(Linear l, Tensor x, int index, Tape tape) {
    Tensor weight = cast(l.weight());
    Tensor kernel = weight.view(weight.size(0), weight.size(1), 1, 1);
    tape.keep(index, kernel);
    Tensor bias = cast(l.biasName());
    Tensor y = Convolutions.pointwise(Convolutions.rows(x), kernel, optional(bias));
    return Convolutions.matrix(y).view(x.size(0), weight.size(0), 1, 1);
  }

  @Override
  public void close() {
    folded.close();
  }
}
