package io.earlybird.data.image;

import java.nio.FloatBuffer;
import java.util.SplittableRandom;

/**
 * Turns the bytes of an image file into one normalized image of a batch.
 *
 * <p>Training draws from the given generator alone, so that the result is a function of the bytes,
 * the settings and the generator's seed. Evaluation of {@link Augmentation#RANDOM_RESIZED_CROP}
 * resizes the shorter side to 256/224 S and takes the center; the others resize the shorter side to
 * S where it differs. Used by one thread at a time.
 */
public final class ImagePipeline implements AutoCloseable {
  private static final int PADDING = 4;
  private static final double RESIZE_RATIO = 256.0 / 224;

  private final ImageSettings settings;
  private final int size;
  private final ImageDecoder decoder = new ImageDecoder();
  private final Resampler resampler = new Resampler();
  private final RgbImage scratch = new RgbImage();
  private final float[] table;
  private final float[] result;

  /** A pipeline with its own buffers. */
  public ImagePipeline(ImageSettings settings) {
    this.settings = settings;
    this.size = settings.size();
    this.table = settings.normalization().table();
    this.result = new float[3 * size * size];
  }

  /**
   * Decodes and augments an image and writes it.
   *
   * @param into [N, S, S, 3]
   * @param index of the image in the batch
   * @throws UndecodableImageException if the bytes are no image that can be decoded
   */
  public void train(
      byte[] bytes, int offset, int length, SplittableRandom random, FloatBuffer into, int index)
      throws UndecodableImageException {
    RgbImage image = decoder.decode(bytes, offset, length);
    switch (settings.augmentation()) {
      case RANDOM_RESIZED_CROP -> {
        Box box = RandomResizedCrop.draw(image.width(), image.height(), random);
        resampler.resize(image, box, size, size, Box.whole(size, size), scratch);
        normalize(scratch, 0, 0, flip(random));
      }
      case PAD_CROP -> {
        int dy = random.nextInt(2 * PADDING + 1) - PADDING;
        int dx = random.nextInt(2 * PADDING + 1) - PADDING;
        normalize(centered(image, size), dx, dy, flip(random));
      }
      case FLIP -> normalize(centered(image, size), 0, 0, flip(random));
      case NONE -> normalize(centered(image, size), 0, 0, Mirror.OFF);
    }
    write(into, index);
  }

  /** Decodes an image as evaluation sees it and writes it; see {@link #train}. */
  public void evaluate(byte[] bytes, int offset, int length, FloatBuffer into, int index)
      throws UndecodableImageException {
    RgbImage image = decoder.decode(bytes, offset, length);
    int shorter =
        settings.augmentation() == Augmentation.RANDOM_RESIZED_CROP
            ? (int) Math.rint(size * RESIZE_RATIO)
            : size;
    normalize(centered(image, shorter), 0, 0, Mirror.OFF);
    write(into, index);
  }

  private enum Mirror {
    ON,
    OFF
  }

  private static Mirror flip(SplittableRandom random) {
    return random.nextDouble() < 0.5 ? Mirror.ON : Mirror.OFF;
  }

  private void write(FloatBuffer into, int index) {
    into.put(index * result.length, result, 0, result.length);
  }

  /** The center [S, S] after the shorter side was resized. */
  private RgbImage centered(RgbImage image, int shorter) {
    int width = image.width();
    int height = image.height();
    if (width == size && height == size && shorter == size) {
      return image;
    }
    int newWidth = width <= height ? shorter : (int) ((long) shorter * width / height);
    int newHeight = width <= height ? (int) ((long) shorter * height / width) : shorter;
    Box window = Box.center(newWidth, newHeight, size, size);
    resampler.resize(image, Box.whole(width, height), newWidth, newHeight, window, scratch);
    return scratch;
  }

  /** Normalizes an image [S, S] moved by (dx, dy) into the result; what is uncovered is level 0. */
  private void normalize(RgbImage image, int dx, int dy, Mirror mirror) {
    byte[] pixels = image.pixels();
    int step = mirror == Mirror.ON ? -3 : 3;
    for (int y = 0; y < size; y++) {
      int to = 3 * size * y + (mirror == Mirror.ON ? 3 * (size - 1) : 0);
      boolean rowInside = y + dy >= 0 && y + dy < size;
      int from = 3 * ((y + dy) * size + dx);
      for (int x = 0; x < size; x++, to += step, from += 3) {
        if (rowInside && x + dx >= 0 && x + dx < size) {
          result[to] = table[pixels[from] & 0xff];
          result[to + 1] = table[256 + (pixels[from + 1] & 0xff)];
          result[to + 2] = table[512 + (pixels[from + 2] & 0xff)];
        } else {
          result[to] = table[0];
          result[to + 1] = table[256];
          result[to + 2] = table[512];
        }
      }
    }
  }

  @Override
  public void close() {
    decoder.close();
  }
}
