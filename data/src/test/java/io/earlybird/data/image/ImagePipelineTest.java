package io.earlybird.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagePipelineTest {
  /** One level: where two JPEG decoders may differ. */
  private static final float LEVEL = 1.0f;

  private static final Normalization LEVELS =
      new Normalization(List.of(0.0, 0.0, 0.0), List.of(1 / 255.0, 1 / 255.0, 1 / 255.0));

  /** Red is the column, green the row, both counted from 1; blue is 255. */
  private static byte[] coordinates(int side) {
    byte[] pixels = new byte[3 * side * side];
    for (int i = 0; i < side * side; i++) {
      pixels[3 * i] = (byte) (i % side + 1);
      pixels[3 * i + 1] = (byte) (i / side + 1);
      pixels[3 * i + 2] = (byte) 255;
    }
    return PngImage.encode(pixels, side, side);
  }

  @Test
  void evaluationResizesTheShorterSideAndTakesTheCenterAsTorchvisionDoes() throws Exception {
    byte[] input = Golden.bytes("eval-input.jpg");
    RgbImage expected = Golden.image("eval-expected.png");
    FloatBuffer out = FloatBuffer.allocate(3 * 32 * 32);
    ImageSettings settings = new ImageSettings(32, Augmentation.RANDOM_RESIZED_CROP, LEVELS);
    try (ImagePipeline pipeline = new ImagePipeline(settings)) {
      pipeline.evaluate(input, 0, input.length, out, 0);
    }
    for (int i = 0; i < out.capacity(); i++) {
      assertThat(out.get(i)).isCloseTo(expected.pixels()[i] & 0xff, within(LEVEL + 1e-3f));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 65535", "65535, 1", "2, 60000", "60000, 3"})
  void imagesOfExtremeShapeTakeNoMoreMemoryThanOthers(int width, int height) throws Exception {
    byte[] image = ImageDecoderTest.bomb(width, height, 2);
    FloatBuffer out = FloatBuffer.allocate(3 * 224 * 224);
    for (Augmentation augmentation : Augmentation.values()) {
      try (ImagePipeline pipeline = new ImagePipeline(ImageSettings.of(224, augmentation))) {
        long before = Allocation.bytes();
        pipeline.evaluate(image, 0, image.length, out, 0);
        pipeline.train(image, 0, image.length, new SplittableRandom(1), out, 0);
        assertThat(Allocation.bytes() - before).as(augmentation.name()).isLessThan(64 << 20);
      }
    }
  }

  @Test
  void normalizesWithTheMeansOfCifar() throws Exception {
    byte[] white = PngImage.encode(new byte[] {-1, -1, -1}, 1, 1);
    FloatBuffer out = FloatBuffer.allocate(6);
    try (ImagePipeline pipeline = new ImagePipeline(ImageSettings.of(1, Augmentation.NONE))) {
      pipeline.evaluate(white, 0, white.length, out, 1);
    }
    assertThat(out.get(3)).isCloseTo((float) ((1 - .4914) / .2023), within(1e-6f));
    assertThat(out.get(4)).isCloseTo((float) ((1 - .4822) / .1994), within(1e-6f));
    assertThat(out.get(5)).isCloseTo((float) ((1 - .4465) / .2010), within(1e-6f));
  }

  @Test
  void padCropHas81PositionsAndTwoOrientationsAndZeroOutside() throws Exception {
    int side = 12;
    byte[] image = coordinates(side);
    FloatBuffer out = FloatBuffer.allocate(3 * side * side);
    Set<List<Integer>> seen = new HashSet<>();
    int flips = 0;
    int draws = 4000;
    ImageSettings settings = new ImageSettings(side, Augmentation.PAD_CROP, LEVELS);
    try (ImagePipeline pipeline = new ImagePipeline(settings)) {
      for (int seed = 0; seed < draws; seed++) {
        pipeline.train(image, 0, image.length, new SplittableRandom(seed), out, 0);
        int middle = 3 * (side * 6 + 6);
        int left = Math.round(out.get(middle - 3));
        int here = Math.round(out.get(middle));
        boolean flipped = left > here;
        int dx = flipped ? here - 6 : here - 7;
        int dy = Math.round(out.get(middle + 1)) - 7;
        flips += flipped ? 1 : 0;
        seen.add(List.of(dx, dy, flipped ? 1 : 0));
        assertThat(dx).isBetween(-4, 4);
        assertThat(dy).isBetween(-4, 4);
        boolean outside = dy < 0;
        assertThat(out.get(2)).isEqualTo(outside || (flipped ? dx > 0 : dx < 0) ? 0f : 255f);
      }
    }
    assertThat(seen).hasSize(2 * 81);
    // Four standard deviations of a binomial distribution around one half.
    assertThat(flips).isBetween(draws / 2 - 130, draws / 2 + 130);
  }

  @Test
  void withoutAugmentationTrainingSeesWhatEvaluationSees() throws Exception {
    byte[] image = coordinates(16);
    FloatBuffer train = FloatBuffer.allocate(3 * 64);
    FloatBuffer evaluation = FloatBuffer.allocate(3 * 64);
    ImageSettings settings = new ImageSettings(8, Augmentation.NONE, LEVELS);
    try (ImagePipeline pipeline = new ImagePipeline(settings)) {
      pipeline.train(image, 0, image.length, new SplittableRandom(1), train, 0);
      pipeline.evaluate(image, 0, image.length, evaluation, 0);
    }
    assertThat(train).isEqualTo(evaluation);
  }

  @ParameterizedTest
  @CsvSource({"500, 375", "375, 500", "32, 32", "1, 1", "1000, 3", "3, 1000"})
  void randomResizedCropsStayInsideAndWithinTheirBounds(int width, int height) {
    double area = (double) width * height;
    for (long seed = 0; seed < 2000; seed++) {
      Box box = RandomResizedCrop.draw(width, height, new SplittableRandom(seed));
      assertThat(box.x()).isNotNegative();
      assertThat(box.y()).isNotNegative();
      assertThat(box.x() + box.width()).isLessThanOrEqualTo(width);
      assertThat(box.y() + box.height()).isLessThanOrEqualTo(height);
      assertThat(box.width()).isPositive();
      assertThat(box.height()).isPositive();
      if (Math.min(width, height) > 300) {
        assertThat(box.width() * box.height() / area).isBetween(0.079, 1.001);
        assertThat((double) box.width() / box.height()).isBetween(0.74, 1.345);
      }
    }
  }

  @Test
  void anImageTooNarrowForAnyCropGivesItsMiddle() {
    assertThat(RandomResizedCrop.draw(1000, 3, new SplittableRandom(1)))
        .isEqualTo(new Box(498, 0, 4, 3));
    assertThat(RandomResizedCrop.draw(3, 1000, new SplittableRandom(1)))
        .isEqualTo(new Box(0, 498, 3, 4));
  }

  @Test
  void theMeanAreaOfRandomResizedCropsIsThatOfTheDistribution() {
    double sum = 0;
    int draws = 20_000;
    for (long seed = 0; seed < draws; seed++) {
      Box box = RandomResizedCrop.draw(400, 400, new SplittableRandom(seed));
      sum += box.width() * box.height() / 160_000.0;
    }
    // U(0.08, 1) has mean 0.54; large areas with a ratio that does not fit are drawn again.
    assertThat(sum / draws).isBetween(0.46, 0.54);
  }
}
