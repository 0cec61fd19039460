package io.earlybird.benchmarks.libtorch;

import io.earlybird.model.network.Add;
import io.earlybird.model.network.AveragePool;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Input;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.MaxPool;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import io.earlybird.model.network.Relu;
import io.earlybird.model.parameters.Parameters;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * A network as a module of libtorch's C++ frontend: {@code Conv2d}, {@code BatchNorm2d} and {@code
 * Linear} are registered, rectifiers work in place and sums are {@code out += identity}, as in
 * torchvision.
 */
final class LibtorchNetwork {
  private final Network network;
  private final Module module = new Module();
  private final Map<String, Conv2dImpl> convolutions = new HashMap<>();
  private final Map<String, BatchNorm2dImpl> norms = new HashMap<>();
  private final Map<String, LinearImpl> linears = new HashMap<>();
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  /**
   * Builds the modules with the values of a network.
   *
   * @throws IllegalArgumentException if the network has a node that no dense network has
   */
  LibtorchNetwork(Network network, Parameters values) {
    this.network = network;
    network.nodes().forEach(this::register);
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      fill(entry.getValue(), values.slice(entry.getKey()));
    }
  }

  private void register(Node node) {
    String name = node.name().replace('.', '_');
    if (node instanceof Convolution convolution) {
      int in = network.inputShapes(node).get(0).channels();
      Conv2dImpl layer = module.register_module(name, Layers.convolution(convolution, in));
      convolutions.put(node.name(), layer);
      tensors.put(convolution.weight(), layer.weight());
      if (convolution.bias()) {
        tensors.put(convolution.biasName(), layer.bias());
      }
    } else if (node instanceof BatchNorm norm) {
      int channels = network.shape(node.name()).channels();
      BatchNorm2dImpl layer = module.register_module(name, Layers.batchNorm(channels));
      norms.put(node.name(), layer);
      tensors.put(norm.gamma(), layer.weight());
      tensors.put(norm.beta(), layer.bias());
      tensors.put(norm.runningMean(), layer.running_mean());
      tensors.put(norm.runningVariance(), layer.running_var());
    } else if (node instanceof Linear linear) {
      int in = network.inputShapes(node).get(0).channels();
      LinearImpl layer = module.register_module(name, Layers.linear(linear, in));
      linears.put(node.name(), layer);
      tensors.put(linear.weight(), layer.weight());
      tensors.put(linear.biasName(), layer.bias());
    }
  }

  private static void fill(Tensor tensor, FloatBuffer values) {
    FloatBuffer target = tensor.data_ptr_float().capacity(tensor.numel()).asBuffer();
    target.put(0, values, 0, values.capacity());
  }

  TensorVector parameters() {
    return module.parameters();
  }

  void training() {
    module.train(true);
  }

  void evaluation() {
    module.eval();
  }

  /** Logits [N, classes] of images [N, C, H, W], in whatever memory format. */
  Tensor forward(Tensor images) {
    Map<String, Tensor> outputs = new HashMap<>();
    Tensor last = images;
    for (Node node : network.nodes()) {
      last = output(node, outputs, images);
      outputs.put(node.name(), last);
    }
    return last;
  }

  private Tensor output(Node node, Map<String, Tensor> outputs, Tensor images) {
    if (node instanceof Input) {
      return images;
    }
    Tensor x = outputs.get(node.sources().get(0));
    if (node instanceof Convolution) {
      return convolutions.get(node.name()).forward(x);
    } else if (node instanceof BatchNorm) {
      return norms.get(node.name()).forward(x);
    } else if (node instanceof Relu) {
      return x.relu_();
    } else if (node instanceof Add) {
      return x.add_(outputs.get(node.sources().get(1)));
    } else if (node instanceof MaxPool pool) {
      return Layers.maxPool(pool, x);
    } else if (node instanceof AveragePool pool) {
      return Layers.averagePool(pool, x);
    } else if (node instanceof Linear) {
      return linears.get(node.name()).forward(x.flatten(1, -1));
    }
    throw new IllegalArgumentException("The libtorch loop has no layer for " + node);
  }
}
