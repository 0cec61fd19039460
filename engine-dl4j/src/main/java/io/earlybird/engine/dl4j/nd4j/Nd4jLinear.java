package io.earlybird.engine.dl4j.nd4j;

import io.earlybird.engine.dl4j.kernels.LinearKernel;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Matrix products; weights come as [in, out] in Fortran order, as DL4J keeps them. */
final class Nd4jLinear implements LinearKernel {
  private final int batch;
  private final int in;
  private final int out;

  Nd4jLinear(int batch, int in, int out) {
    this.batch = batch;
    this.in = in;
    this.out = out;
  }

  @Override
  public void forward(INDArray x, INDArray weights, INDArray bias, INDArray y) {
    y.assign(x.reshape('c', batch, in).mmul(weights.reshape('f', in, out)));
    y.addiRowVector(bias);
  }

  @Override
  public void backward(
      INDArray x, INDArray weights, INDArray dy, INDArray dWeights, INDArray dBias, INDArray dx) {
    dWeights.assign(x.reshape('c', batch, in).transpose().mmul(dy));
    dBias.assign(dy.sum(0));
    dx.assign(dy.mmul(weights.reshape('f', in, out).transpose()).reshape('c', dx.shape()));
  }
}
