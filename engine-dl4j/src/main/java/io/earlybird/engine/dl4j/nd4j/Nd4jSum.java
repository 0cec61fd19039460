package io.earlybird.engine.dl4j.nd4j;

import io.earlybird.engine.dl4j.kernels.Activation;
import io.earlybird.engine.dl4j.kernels.SumKernel;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Additions from left to right. */
final class Nd4jSum implements SumKernel {
  private final Activation activation;

  Nd4jSum(Activation activation) {
    this.activation = activation;
  }

  @Override
  public void forward(List<INDArray> xs, INDArray y) {
    INDArray sum = xs.get(0);
    for (INDArray x : xs.subList(1, xs.size())) {
      sum.add(x, y);
      sum = y;
    }
    Nd4jRelu.apply(activation, y);
  }
}
