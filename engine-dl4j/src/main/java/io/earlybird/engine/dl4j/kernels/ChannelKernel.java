package io.earlybird.engine.dl4j.kernels;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Copies between activations of the same pixels that hold different channels. */
public interface ChannelKernel {
  /**
   * y[.., i] = x[.., channels[i]], and 0 in the channels of y behind those.
   *
   * @param x [N, H, W, C]
   * @param channels ascending indexes below C
   * @param y receives [N, H, W, C'], C' at least channels.length
   */
  void gather(INDArray x, int[] channels, INDArray y);

  /**
   * y[.., positions[t][i]] = sum over terms t of xs[t][.., i], and 0 in channels without a term.
   *
   * @param xs terms [N, H, W, C_t], C_t at least positions[t].length; channels behind are not read
   * @param positions for each term ascending indexes below C
   * @param y receives [N, H, W, C]
   */
  void scatter(List<INDArray> xs, int[][] positions, INDArray y);
}
