package io.earlybird.engine.dl4j.kernels;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** y = x_1 + x_2 + ..., then the activation. */
public interface SumKernel {
  /**
   * Adds.
   *
   * @param xs the terms, at least two
   * @param y receives the sum; may be the first of two terms
   */
  void forward(List<INDArray> xs, INDArray y);
}
