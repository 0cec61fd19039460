package io.earlybird.engine.dl4j.nd4j;

import io.earlybird.engine.dl4j.kernels.ChannelKernel;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** One strided copy or addition for each channel. */
final class Nd4jChannels implements ChannelKernel {
  @Override
  public void gather(INDArray x, int[] channels, INDArray y) {
    if (y.size(-1) > channels.length) {
      y.assign(0);
    }
    for (int i = 0; i < channels.length; i++) {
      channel(y, i).assign(channel(x, channels[i]));
    }
  }

  @Override
  public void scatter(List<INDArray> xs, int[][] positions, INDArray y) {
    y.assign(0);
    for (int term = 0; term < positions.length; term++) {
      for (int i = 0; i < positions[term].length; i++) {
        channel(y, positions[term][i]).addi(channel(xs.get(term), i));
      }
    }
  }

  private static INDArray channel(INDArray array, int index) {
    return array.get(
        NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.point(index));
  }
}
