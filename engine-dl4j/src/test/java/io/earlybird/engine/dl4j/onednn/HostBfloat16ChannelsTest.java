package io.earlybird.engine.dl4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.engine.dl4j.kernels.HostThreads;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class HostBfloat16ChannelsTest {
  private static final int[] CHANNELS = {0, 2};

  private final HostBfloat16Channels channels = new HostBfloat16Channels(new HostThreads(3));

  /** Pixels beyond one block, and not a multiple of it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1500})
  void gatherCopiesTheNamedChannels(int pixels) {
    INDArray wide = pixels(pixels, 1, 2, 3);
    INDArray narrow = pixels(pixels, 0, 0);
    channels.gather(wide, CHANNELS, narrow);
    assertThat(narrow).isEqualTo(pixels(pixels, 1, 3));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1500})
  void scatterSumsInTheNamedChannelsAndRoundsToEven(int pixels) {
    // 256 + 1 lies between 256 and 258, and 258 + 1 between 258 and 260: both go to even
    INDArray wide = pixels(pixels, 7, 7, 7);
    List<INDArray> terms = List.of(pixels(pixels, 256, 258), pixels(pixels, 1, 1));
    channels.scatter(terms, new int[][] {CHANNELS, CHANNELS}, wide);
    assertThat(wide).isEqualTo(pixels(pixels, 256, 0, 260));
  }

  private static INDArray pixels(int count, float... pixel) {
    return Nd4j.createFromArray(pixel)
        .reshape(1, 1, 1, pixel.length)
        .repeat(2, count)
        .castTo(DataType.BFLOAT16);
  }
}
