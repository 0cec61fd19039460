package io.earlybird.engine.dl4j.onednn;

import io.earlybird.engine.dl4j.kernels.Arrival;
import io.earlybird.engine.dl4j.kernels.ConvolutionGeometry;
import io.earlybird.engine.dl4j.kernels.ConvolutionKernel;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Random values in [-1/2, 1/2) for a convolution without bias, which kernels can be compared on.
 *
 * @param x [N, H, W, I]
 * @param weights [O, I, kH, kW]
 * @param dy [N, H', W', O]
 */
record ConvolutionSample(ConvolutionGeometry geometry, INDArray x, INDArray weights, INDArray dy) {
  static ConvolutionSample of(ConvolutionGeometry geometry) {
    int extent = geometry.kernel();
    return new ConvolutionSample(
        geometry,
        random(geometry.input().nhwc()),
        random(geometry.outChannels(), geometry.input().channels(), extent, extent),
        random(geometry.output().nhwc()));
  }

  private static INDArray random(long... shape) {
    return Nd4j.rand(DataType.FLOAT, shape).subi(0.5);
  }

  /** Output, gradient of the kernel, gradient of the input, written where ones lay before. */
  INDArray[] results(ConvolutionKernel kernel, Arrival arrival) {
    INDArray y = Nd4j.ones(DataType.FLOAT, geometry.output().nhwc());
    INDArray dWeights = Nd4j.ones(DataType.FLOAT, weights.shape());
    INDArray dx = Nd4j.ones(DataType.FLOAT, x.shape());
    kernel.forward(x, weights, null, y);
    kernel.backward(x, weights, dy, dWeights, null, dx, arrival);
    return new INDArray[] {y, dWeights, dx};
  }
}
