package io.earlybird.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 53, 37, 32, 32",
    "0, 0, 53, 37, 17, 11",
    "5, 3, 45, 33, 8, 8",
    "10, 10, 20, 22, 32, 32",
    "7, 2, 39, 34, 32, 32",
    "0, 0, 53, 37, 53, 20",
    "1, 1, 2, 36, 16, 16"
  })
  void equalsPilBitForBit(int left, int top, int right, int bottom, int width, int height)
      throws Exception {
    RgbImage source = Golden.image("resample-input.png");
    RgbImage expected =
        Golden.image(
            String.format(
                "resample-%d-%d-%d-%d-to-%dx%d.png", left, top, right, bottom, width, height));
    RgbImage resized = new RgbImage();
    Box box = new Box(left, top, right - left, bottom - top);
    new Resampler().resize(source, box, width, height, Box.whole(width, height), resized);

    assertThat(Golden.distance(resized, expected)).isZero();
  }

  @Test
  void aWindowIsAPartOfTheWholeResult() throws Exception {
    RgbImage source = Golden.image("resample-input.png");
    Resampler resampler = new Resampler();
    RgbImage whole = new RgbImage();
    RgbImage part = new RgbImage();
    Box all = Box.whole(53, 37);
    resampler.resize(source, all, 32, 24, Box.whole(32, 24), whole);
    resampler.resize(source, all, 32, 24, new Box(5, 7, 20, 11), part);

    for (int y = 0; y < 11; y++) {
      for (int i = 0; i < 60; i++) {
        assertThat(part.pixels()[60 * y + i]).isEqualTo(whole.pixels()[96 * (y + 7) + 15 + i]);
      }
    }
  }

  @Test
  void aFlatImageStaysFlat() {
    RgbImage flat = new RgbImage();
    flat.resize(31, 17);
    Arrays.fill(flat.pixels(), (byte) 200);
    RgbImage resized = new RgbImage();
    new Resampler().resize(flat, Box.whole(31, 17), 50, 5, Box.whole(50, 5), resized);

    assertThat(resized.pixels()).containsOnly((byte) 200);
  }
}
