package io.earlybird.engine.dl4j.nd4j;

import io.earlybird.engine.dl4j.kernels.Activation;
import io.earlybird.engine.dl4j.kernels.ConvolutionGeometry;
import io.earlybird.engine.dl4j.kernels.FoldedConvolutionKernel;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code conv2d} with a bias, then the activation; a packed kernel is one in C order. */
final class Nd4jFoldedConvolution implements FoldedConvolutionKernel {
  private final ConvolutionGeometry geometry;
  private final Activation activation;
  private final long[] shape;

  Nd4jFoldedConvolution(ConvolutionGeometry geometry, Activation activation) {
    this.geometry = geometry;
    this.activation = activation;
    int kernel = geometry.kernel();
    shape = new long[] {geometry.outChannels(), geometry.input().channels(), kernel, kernel};
  }

  @Override
  public long packedLength() {
    return shape[0] * shape[1] * shape[2] * shape[3];
  }

  @Override
  public void pack(INDArray weights, INDArray packed) {
    packed.reshape(shape).assign(weights);
  }

  @Override
  public void forward(INDArray x, INDArray packed, INDArray bias, INDArray y) {
    new Nd4jConvolution(geometry).forward(x, packed.reshape(shape), bias, y);
    Nd4jRelu.apply(activation, y);
  }
}
