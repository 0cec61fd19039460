package io.earlybird.engine.dl4j.nd4j;

import io.earlybird.engine.dl4j.kernels.Activation;
import io.earlybird.engine.dl4j.kernels.ReluKernel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Maximum with 0, and {@code relu_bp}, whose derivative at 0 is 0. */
final class Nd4jRelu implements ReluKernel {
  private static final int[] NO_SETTINGS = {};

  /** Applies the activation in place. */
  static void apply(Activation activation, INDArray y) {
    switch (activation) {
      case IDENTITY -> {}
      case RELU -> Transforms.relu(y, false);
    }
  }

  /** The gradient before the activation, from its output; a new array where it differs. */
  static INDArray gradient(Activation activation, INDArray y, INDArray dy) {
    return switch (activation) {
      case IDENTITY -> dy;
      case RELU -> {
        INDArray before = Nd4j.createUninitialized(dy.shape(), 'c');
        Operation.run("relu_bp", NO_SETTINGS, Operation.inputs(y, dy), before);
        yield before;
      }
    };
  }

  @Override
  public void forward(INDArray x, INDArray y) {
    y.assign(x);
    apply(Activation.RELU, y);
  }

  @Override
  public void backward(INDArray y, INDArray dy, INDArray dx) {
    dx.assign(gradient(Activation.RELU, y, dy));
  }
}
