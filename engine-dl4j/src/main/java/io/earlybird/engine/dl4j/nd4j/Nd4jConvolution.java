package io.earlybird.engine.dl4j.nd4j;

import io.earlybird.engine.dl4j.kernels.Arrival;
import io.earlybird.engine.dl4j.kernels.ConvolutionGeometry;
import io.earlybird.engine.dl4j.kernels.ConvolutionKernel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** {@code conv2d} and {@code conv2d_bp}. */
final class Nd4jConvolution implements ConvolutionKernel {
  private static final int EXPLICIT_PADDING = 0;
  private static final int NHWC = 1;
  private static final int OIHW = 1;

  private final ConvolutionGeometry geometry;
  private final int[] settings;

  Nd4jConvolution(ConvolutionGeometry geometry) {
    this.geometry = geometry;
    int kernel = geometry.kernel();
    int stride = geometry.stride();
    int padding = geometry.padding();
    settings =
        new int[] {
          kernel, kernel, stride, stride, padding, padding, 1, 1, EXPLICIT_PADDING, NHWC, OIHW
        };
  }

  @Override
  public void forward(INDArray x, INDArray weights, INDArray bias, INDArray y) {
    INDArray[] inputs =
        geometry.bias() ? Operation.inputs(x, weights, bias) : Operation.inputs(x, weights);
    Operation.run("conv2d", settings, inputs, y);
  }

  @Override
  public boolean addsToInputGradient() {
    return false;
  }

  @Override
  public void backward(
      INDArray x,
      INDArray weights,
      INDArray dy,
      INDArray dWeights,
      INDArray dBias,
      INDArray dx,
      Arrival arrival) {
    INDArray inputGradient = dx == null ? Nd4j.createUninitialized(x.shape(), 'c') : dx;
    if (geometry.bias()) {
      INDArray bias = Nd4j.create(geometry.outChannels());
      Operation.run(
          "conv2d_bp",
          settings,
          Operation.inputs(x, weights, bias, dy),
          inputGradient,
          dWeights,
          dBias);
    } else {
      Operation.run(
          "conv2d_bp", settings, Operation.inputs(x, weights, dy), inputGradient, dWeights);
    }
  }
}
