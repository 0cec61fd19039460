package io.earlybird.engine.dl4j.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/** y = max(x, 0); dx = dy where y is above 0, and 0 elsewhere (specification 0.5). */
public interface ReluKernel {
  /** Forward; {@code y} receives the result. */
  void forward(INDArray x, INDArray y);

  /** Gradient from the output {@code y}; {@code dx} receives it and may be {@code dy}. */
  void backward(INDArray y, INDArray dy, INDArray dx);
}
