package io.earlybird.data.image;

import java.util.Arrays;

/**
 * Antialiased bilinear resizing of a part of an image, bit for bit as PIL's {@code resize} with
 * {@code BILINEAR}: first along rows, then along columns, rounded to 8 bits after each.
 *
 * <p>Used by one thread at a time; buffers are used again.
 */
final class Resampler {
  private static final int HALF = 1 << (ResampleKernel.PRECISION_BITS - 1);

  private ResampleKernel horizontal = new ResampleKernel(1, 1, 0, 1);
  private ResampleKernel vertical = new ResampleKernel(1, 1, 0, 1);
  private int[] narrowed = new int[0];
  private int[] sums = new int[0];

  /**
   * Takes {@code box} of an image as an image of its own, resizes it to {@code width} x {@code
   * height}, and writes the part {@code window} of the result.
   *
   * @param into receives the window
   */
  void resize(RgbImage image, Box box, int width, int height, Box window, RgbImage into) {
    if (!horizontal.fits(box.width(), width, window.x(), window.width())) {
      horizontal = new ResampleKernel(box.width(), width, window.x(), window.width());
    }
    if (!vertical.fits(box.height(), height, window.y(), window.height())) {
      vertical = new ResampleKernel(box.height(), height, window.y(), window.height());
    }
    into.resize(window.width(), window.height());
    int firstRow = vertical.first[0];
    int last = window.height() - 1;
    int rows = vertical.first[last] + vertical.count[last] - firstRow;
    alongRows(image, box, firstRow, rows, window);
    alongColumns(firstRow, window, into.pixels());
  }

  private void alongRows(RgbImage image, Box box, int firstRow, int rows, Box window) {
    int stride = 3 * window.width();
    if (narrowed.length < rows * stride) {
      narrowed = new int[rows * stride];
    }
    byte[] pixels = image.pixels();
    for (int y = 0; y < rows; y++) {
      int source = 3 * ((box.y() + firstRow + y) * image.width() + box.x());
      if (horizontal.in == horizontal.out) {
        copyRow(pixels, source + 3 * window.x(), y * stride, stride);
      } else {
        narrowRow(pixels, source, y * stride);
      }
    }
  }

  private void copyRow(byte[] pixels, int source, int target, int length) {
    for (int i = 0; i < length; i++) {
      narrowed[target + i] = pixels[source + i] & 0xff;
    }
  }

  private void narrowRow(byte[] pixels, int source, int target) {
    int[] weights = horizontal.weights;
    int to = target;
    for (int x = 0; x < horizontal.first.length; x++) {
      int at = source + 3 * horizontal.first[x];
      int weight = x * horizontal.taps;
      int end = weight + horizontal.count[x];
      int red = HALF;
      int green = HALF;
      int blue = HALF;
      for (; weight < end; weight++, at += 3) {
        int w = weights[weight];
        red += w * (pixels[at] & 0xff);
        green += w * (pixels[at + 1] & 0xff);
        blue += w * (pixels[at + 2] & 0xff);
      }
      narrowed[to] = level(red);
      narrowed[to + 1] = level(green);
      narrowed[to + 2] = level(blue);
      to += 3;
    }
  }

  private void alongColumns(int firstRow, Box window, byte[] out) {
    int stride = 3 * window.width();
    if (sums.length < stride) {
      sums = new int[stride];
    }
    for (int y = 0; y < window.height(); y++) {
      Arrays.fill(sums, 0, stride, HALF);
      for (int i = 0; i < vertical.count[y]; i++) {
        int weight = vertical.weights[y * vertical.taps + i];
        addRow((vertical.first[y] + i - firstRow) * stride, weight, stride);
      }
      for (int i = 0; i < stride; i++) {
        out[y * stride + i] = (byte) level(sums[i]);
      }
    }
  }

  private void addRow(int source, int weight, int length) {
    int[] from = narrowed;
    int[] to = sums;
    for (int i = 0; i < length; i++) {
      to[i] += weight * from[source + i];
    }
  }

  private static int level(int sum) {
    return Math.max(0, Math.min(255, sum >> ResampleKernel.PRECISION_BITS));
  }
}
