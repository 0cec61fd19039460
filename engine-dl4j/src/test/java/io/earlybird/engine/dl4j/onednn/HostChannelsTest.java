package io.earlybird.engine.dl4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.engine.dl4j.kernels.HostThreads;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Pixels beyond one block, and not a multiple of it. */
class HostChannelsTest {
  private static final int[] CHANNELS = {0, 2};
  private static final int[] ALL = {0, 1, 2};

  private final HostChannels channels = new HostChannels(new HostThreads(3));

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1500})
  void gatherCopiesTheNamedChannels(int pixels) {
    INDArray narrow = pixels(pixels, 0, 0);
    channels.gather(pixels(pixels, 1, 2, 3), CHANNELS, narrow);
    assertThat(narrow).isEqualTo(pixels(pixels, 1, 3));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1500})
  void scatterSumsTermsAndLeavesNothingOfWhatWasThere(int pixels) {
    INDArray wide = pixels(pixels, 7, 7, 7);
    channels.scatter(List.of(pixels(pixels, 1, 3)), new int[][] {CHANNELS}, wide);
    assertThat(wide).isEqualTo(pixels(pixels, 1, 0, 3));
    List<INDArray> terms = List.of(pixels(pixels, 10, 20, 30), pixels(pixels, 1, 3));
    channels.scatter(terms, new int[][] {ALL, CHANNELS}, wide);
    assertThat(wide).isEqualTo(pixels(pixels, 11, 20, 33));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1500})
  void furtherChannelsOfANarrowSideAreZeroOrLeftOut(int pixels) {
    INDArray narrow = pixels(pixels, 7, 7, 7, 7);
    channels.gather(pixels(pixels, 1, 2, 3), CHANNELS, narrow);
    assertThat(narrow).isEqualTo(pixels(pixels, 1, 3, 0, 0));
    INDArray wide = pixels(pixels, 7, 7, 7);
    List<INDArray> terms = List.of(pixels(pixels, 1, 2, 9, 9), pixels(pixels, 10, 20, 9, 9));
    channels.scatter(terms, new int[][] {CHANNELS, {0, 1}}, wide);
    assertThat(wide).isEqualTo(pixels(pixels, 11, 20, 2));
  }

  private static INDArray pixels(int count, float... pixel) {
    return Nd4j.createFromArray(pixel).reshape(1, 1, 1, pixel.length).repeat(2, count);
  }
}
