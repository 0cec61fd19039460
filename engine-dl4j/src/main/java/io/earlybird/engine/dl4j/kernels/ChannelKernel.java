package io.earlybird.engine.dl4j.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Copies between activations of the same pixels that hold different channels. */
public interface ChannelKernel {
  /**
   * y[.., i] = x[.., channels[i]].
   *
   * @param x [N, H, W, C]
   * @param channels ascending indexes below C
   * @param y receives [N, H, W, channels.length]
   */
  void gather(INDArray x, int[] channels, INDArray y);

  /**
   * y[.., channels[i]] += x[.., i].
   *
   * @param x [N, H, W, channels.length]
   * @param channels ascending indexes below C
   * @param y [N, H, W, C]
   */
  void scatterAdd(INDArray x, int[] channels, INDArray y);
}
