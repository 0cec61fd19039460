package io.earlybird.data.image;

import java.util.SplittableRandom;

/**
 * The box of a random resized crop (specification 8.3; Szegedy et al. 2015, arXiv 1409.4842,
 * section 6).
 *
 * <p>Up to 10 tries: area = A U(0.08, 1), ratio = exp(U(ln 3/4, ln 4/3)), width = round(sqrt(area
 * ratio)), height = round(sqrt(area / ratio)), taken at a uniform position if it fits. Else the
 * middle, with the ratio of the image clamped to [3/4, 4/3].
 */
final class RandomResizedCrop {
  private static final int TRIES = 10;
  private static final double MIN_AREA = 0.08;
  private static final double MIN_RATIO = 3.0 / 4;
  private static final double MAX_RATIO = 4.0 / 3;
  private static final double LOG_RATIO = StrictMath.log(MAX_RATIO);

  private RandomResizedCrop() {}

  static Box draw(int width, int height, SplittableRandom random) {
    double imageArea = (double) width * height;
    for (int i = 0; i < TRIES; i++) {
      double area = imageArea * (MIN_AREA + (1 - MIN_AREA) * random.nextDouble());
      double ratio = StrictMath.exp(LOG_RATIO * (2 * random.nextDouble() - 1));
      int w = (int) Math.rint(Math.sqrt(area * ratio));
      int h = (int) Math.rint(Math.sqrt(area / ratio));
      if (w > 0 && w <= width && h > 0 && h <= height) {
        int y = random.nextInt(height - h + 1);
        int x = random.nextInt(width - w + 1);
        return new Box(x, y, w, h);
      }
    }
    return middle(width, height);
  }

  private static Box middle(int width, int height) {
    double ratio = (double) width / height;
    int w = width;
    int h = height;
    if (ratio < MIN_RATIO) {
      h = (int) Math.rint(width / MIN_RATIO);
    } else if (ratio > MAX_RATIO) {
      w = (int) Math.rint(height * MAX_RATIO);
    }
    return new Box((width - w) / 2, (height - h) / 2, w, h);
  }
}
