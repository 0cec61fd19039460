package io.earlybird.engine.torch;

import io.earlybird.engine.torch.Tensors.Parameter;
import io.earlybird.model.engine.Quantization;
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
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
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
  private final FoldedConvolutions folded;
  private final StraightThrough words;

  ForwardPass(Network network, Tensors tensors, Placement placement) {
    this.tensors = tensors;
    this.placement = placement;
    training = ForwardPlan.training(network);
    evaluation = ForwardPlan.evaluation(network);
    complete = ForwardPlan.complete(network);
    indexes = new ChannelIndexes(network, placement);
    folded = new FoldedConvolutions(tensors, placement);
    words = new StraightThrough(network);
  }

  /** Says that values or running statistics have changed. */
  void valuesChanged() {
    folded.valuesChanged();
  }

  /** Says what activations of training passes from now on become. */
  void use(Quantization quantization) {
    words.use(quantization);
  }

  /**
   * Logits [N, classes] in float32; of the surrounding scope.
   *
   * @param images [N, C, H, W] in the type of activations
   */
  Tensor logits(Tensor images, Statistics statistics) {
    List<ForwardPlan.Step> steps =
        (statistics == Statistics.RUNNING ? evaluation : training).steps();
    Tensor[] outputs = new Tensor[steps.size()];
    for (int i = 0; i < outputs.length; i++) {
      ForwardPlan.Step step = steps.get(i);
      outputs[i] = compute(step, images, outputs, statistics);
      words.output(step.node().name(), outputs[i]);
      for (int last : step.lastReads()) {
        outputs[last].close();
      }
    }
    return outputs[outputs.length - 1].flatten(1, -1).to(ScalarType.Float);
  }

  /** Outputs of the named nodes; of the surrounding scope. */
  Map<String, Tensor> activations(Tensor images, Set<String> nodes, Statistics statistics) {
    List<ForwardPlan.Step> steps = complete.steps();
    Tensor[] outputs = new Tensor[steps.size()];
    Map<String, Tensor> found = new HashMap<>();
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = compute(steps.get(i), images, outputs, statistics);
      if (nodes.contains(steps.get(i).node().name())) {
        found.put(steps.get(i).node().name(), outputs[i]);
      }
    }
    return found;
  }

  private Tensor compute(
      ForwardPlan.Step step, Tensor images, Tensor[] outputs, Statistics statistics) {
    Node node = step.node();
    if (node instanceof Input) {
      return images;
    }
    Tensor x = outputs[step.sources().get(0)];
    if (node instanceof Convolution c) {
      return step.folded().isEmpty()
          ? convolution(c, x)
          : convolution(c, x, folded.of(c, step.folded().get(0)));
    } else if (node instanceof BatchNorm b) {
      return batchNorm(b, x, statistics);
    } else if (node instanceof Relu) {
      return step.overwrites() ? rectified(x) : torch.relu(x);
    } else if (node instanceof MaxPool p) {
      return torch.max_pool2d(
          x, square(p.kernel()), square(p.stride()), square(p.padding()), square(1), false);
    } else if (node instanceof AveragePool p) {
      return torch.avg_pool2d(
          x, square(p.kernel()), square(p.stride()), square(0), false, true, new LongOptional());
    } else if (node instanceof Add) {
      return sum(step, outputs);
    } else if (node instanceof ChannelSelect s) {
      return indexes.select(s, x);
    } else if (node instanceof IndexedAdd a) {
      return indexes.add(a, step.sources().stream().map(source -> outputs[source]).toList());
    } else {
      return linear((Linear) node, x);
    }
  }

  /** Overwrites x. What an in-place call returns is a second name of x, not an owner. */
  private static Tensor rectified(Tensor x) {
    torch.relu_(x);
    return x;
  }

  private static long[] square(long extent) {
    return new long[] {extent, extent};
  }

  private Tensor convolution(Convolution c, Tensor x) {
    TensorOptional bias = c.bias() ? optional(cast(c.biasName())) : new TensorOptional();
    return convolution(c, x, cast(c.weight()), bias);
  }

  private static Tensor convolution(Convolution c, Tensor x, FoldedConvolutions.Folded folded) {
    return convolution(c, x, folded.kernel(), optional(folded.bias()));
  }

  private static Tensor convolution(Convolution c, Tensor x, Tensor kernel, TensorOptional bias) {
    return torch.conv2d(x, kernel, bias, square(c.stride()), square(c.padding()), square(1), 1);
  }

  /** The parameter in the type of activations. */
  private Tensor cast(String name) {
    Tensor master = tensors.named(name).leaf();
    return placement.activations() == ScalarType.Float
        ? master
        : master.to(placement.activations());
  }

  private Tensor batchNorm(BatchNorm b, Tensor x, Statistics statistics) {
    boolean running = statistics != Statistics.BATCH;
    return torch.batch_norm(
        x,
        optional(tensors.named(b.gamma()).leaf()),
        optional(tensors.named(b.beta()).leaf()),
        running ? optional(value(b.runningMean())) : new TensorOptional(),
        running ? optional(value(b.runningVariance())) : new TensorOptional(),
        statistics != Statistics.RUNNING,
        BatchNorm.RUNNING_FACTOR,
        BatchNorm.EPSILON,
        true);
  }

  private Tensor value(String name) {
    Parameter parameter = tensors.named(name);
    return parameter.value();
  }

  private static TensorOptional optional(Tensor tensor) {
    return new TensorOptional(tensor);
  }

  private static Tensor sum(ForwardPlan.Step step, Tensor[] outputs) {
    List<Integer> sources = step.sources();
    Tensor first = outputs[sources.get(0)];
    Tensor second = outputs[sources.get(1)];
    Scalar one = new Scalar(1.0f);
    Tensor sum = first;
    if (step.overwrites()) {
      sum.add_(second, one);
    } else {
      sum = torch.add(first, second, one);
    }
    for (int i = 2; i < sources.size(); i++) {
      sum.add_(outputs[sources.get(i)], one);
    }
    return sum;
  }

  private Tensor linear(Linear l, Tensor x) {
    Tensor y = torch.linear(x.flatten(1, -1), cast(l.weight()), optional(cast(l.biasName())));
    return y.view(y.size(0), y.size(1), 1, 1);
  }

  @Override
  public void close() {
    indexes.close();
    folded.close();
  }
}
