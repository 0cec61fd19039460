package io.earlybird.engine.dl4j.kernels;

import java.util.List;
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
   * y[.., positions[t][i]] = sum over terms t of xs[t][.., i], and 0 in channels without a term.
   *
   * @param xs terms [N, H, W, positions[t].length]
   * @param positions for each term ascending indexes below C
   * @param y receives [N, H, W, C]
   */
  void scatter(List<INDArray> xs, int[][] positions, INDArray y);
}
