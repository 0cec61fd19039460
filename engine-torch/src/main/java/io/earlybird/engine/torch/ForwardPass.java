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
  private final ForwardPlan evaluation;
  private final ForwardPlan complete;
  private final ChannelIndexes indexes;
  private final FusedOperators fused;
  private final FoldedConvolutions folded;
  private final StraightThrough words;

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
    evaluation = ForwardPlan.evaluation(network);
    complete = ForwardPlan.complete(network);
    this.indexes = indexes;
    this.fused = fused;
    folded = new FoldedConvolutions(tensors, placement);
    this.words = words;
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
    ForwardPlan plan = statistics == Statistics.RUNNING ? evaluation : training;
    try (Tape tape = Tape.oneWay(plan.steps().size())) {
      run(plan, tape, images, statistics, step -> true);
      return logits(tape);
    }
  }

  /** The plan of recorded passes. */
  ForwardPlan recorded() {
    return training;
  }

  /**
   * Logits as above of a pass with the statistics of the batch, which leaves on the tape what the
   * way back needs.
   */
  Tensor record(Tape tape, Tensor images, Statistics statistics) {
    run(training, tape, images, statistics, step -> !training.neededBack(step));
    return logits(tape);
  }

  private static Tensor logits(Tape tape) {
    return tape.output(tape.length() - 1).flatten(1, -1).to(ScalarType.Float);
  }

  /** Outputs of the named nodes; of the surrounding scope. */
  Map<String, Tensor> activations(Tensor images, Set<String> nodes, Statistics statistics) {
    List<ForwardPlan.Step> steps = complete.steps();
    Map<String, Tensor> found = new HashMap<>();
    try (Tape tape = Tape.oneWay(steps.size())) {
      run(complete, tape, images, statistics, step -> false);
      for (int i = 0; i < steps.size(); i++) {
        if (nodes.contains(steps.get(i).node().name())) {
          found.put(steps.get(i).node().name(), new Tensor(tape.output(i)));
        }
      }
    }
    return found;
  }

  /**
   * Carries out a plan; outputs for which {@code droppable} holds are dropped when they are read.
   */
  private void run(
      ForwardPlan plan, Tape tape, Tensor images, Statistics statistics, IntPredicate droppable) {
    List<ForwardPlan.Step> steps = plan.steps();
    for (int i = 0; i < steps.size(); i++) {
      ForwardPlan.Step step = steps.get(i);
      try (PointerScope scope = new PointerScope()) {
        Tensor output = compute(i, plan, images, tape, statistics);
        words.output(step.node().name(), output);
        tape.put(i, output);
      }
      if (step.overwrites()) {
        tape.dropOutput(step.sources().get(0));
      }
      step.lastReads().stream().filter(droppable::test).forEach(tape::dropOutput);
    }
  }

  private Tensor compute(
      int index, ForwardPlan plan, Tensor images, Tape tape, Statistics statistics) {
    ForwardPlan.Step step = plan.steps().get(index);
    Node node = step.node();
    if (node instanceof Input) {
      return images;
    }
    Tensor x = tape.output(step.sources().get(0));
    if (node instanceof Convolution c) {
      return step.folded().isEmpty()
          ? convolution(c, x, index, tape)
          : convolution(c, x, folded.of(c, step.folded().get(0)));
    } else if (node instanceof BatchNorm b) {
      return batchNorm(b, x, statistics, index, tape);
    } else if (node instanceof Relu) {
      boolean rectified = fuses() && plan.rectifiedSum(step.sources().get(0));
      return rectified ? x : rectified(step, x);
    } else if (node instanceof MaxPool p) {
      return maxPool(p, x, index, tape);
    } else if (node instanceof AveragePool p) {
      return torch.avg_pool2d(
          x, square(p.kernel()), square(p.stride()), square(0), false, true, new LongOptional());
    } else if (node instanceof Add) {
      return fuses() && plan.rectifiedSum(index) ? rectifiedSum(step, tape) : sum(step, tape);
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

  private static Tensor convolution(Convolution c, Tensor x, FoldedConvolutions.Folded folded) {
    return convolution(c, x, folded.kernel(), optional(folded.bias()));
  }

  private static Tensor convolution(Convolution c, Tensor x, Tensor kernel, TensorOptional bias) {
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

  /**
   * A 1x1 convolution over rows: a product in OpenBLAS would leave its own threads awake for a
   * while, which take the processor from those of OpenMP.
   */
  private Tensor linear(Linear l, Tensor x, int index, Tape tape) {
    Tensor weight = cast(l.weight());
    Tensor kernel = weight.view(weight.size(0), weight.size(1), 1, 1);
    tape.keep(index, kernel);
    Tensor bias = cast(l.biasName());
    Tensor y = torch.conv2d(rows(x), kernel, optional(bias), square(1), square(0), square(1), 1);
    return y.permute(0, 2, 3, 1).reshape(x.size(0), weight.size(0), 1, 1);
  }

  /**
   * [N, C, H, W] as two images [2, C * H * W, N / 2, 1], or N of one pixel if N is odd, in
   * channels-last order: a convolution of few values in a single image would be OpenBLAS's again.
   */
  static Tensor rows(Tensor x) {
    Tensor flat = x.flatten(1, -1);
    long images = flat.size(0) % 2 == 0 ? 2 : flat.size(0);
    return flat.reshape(images, flat.size(0) / images, 1, flat.size(1)).permute(0, 3, 1, 2);
  }

  @Override
  public void close() {
    folded.close();
  }
}
