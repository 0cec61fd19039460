package io.earlybird.engine.dl4j.kernels;

/**
 * Extents of an activation [N, H, W, C].
 *
 * @param batch N
 * @param channels C
 * @param height H
 * @param width W
 */
public record Dims(int batch, int channels, int height, int width) {
  public Dims {
    if (batch < 1 || channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "Invalid activation: N " + batch + ", C " + channels + ", H " + height + ", W " + width);
    }
  }

  /** Extents of an array [N, H, W, C]. */
  public static Dims of(long... nhwc) {
    if (nhwc.length != 4) {
      throw new IllegalArgumentException(
          "Invalid activation: " + nhwc.length + " axes, expected [N, H, W, C]");
    }
    return new Dims((int) nhwc[0], (int) nhwc[3], (int) nhwc[1], (int) nhwc[2]);
  }

  /** Shape of the array, [N, H, W, C]. */
  public long[] nhwc() {
    return new long[] {batch, height, width, channels};
  }

  /** Values in one channel of the whole batch, N * H * W. */
  public long valuesPerChannel() {
    return (long) batch * height * width;
  }

  /** Number of values. */
  public long elements() {
    return valuesPerChannel() * channels;
  }
}
