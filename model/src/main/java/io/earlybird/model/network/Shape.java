package io.earlybird.model.network;

/**
 * Shape [C, H, W] of the activation of one sample, C * H * W below 2^31; the batch dimension is
 * left out.
 *
 * @param channels C, at least 1
 * @param height H, at least 1
 * @param width W, at least 1
 */
public record Shape(int channels, int height, int width) {
  public Shape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "Invalid shape ["
              + channels
              + ", "
              + height
              + ", "
              + width
              + "]: every extent must be at least 1");
    }
    long pixels = (long) height * width;
    if (pixels > Integer.MAX_VALUE || pixels * channels > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "Invalid shape ["
              + channels
              + ", "
              + height
              + ", "
              + width
              + "]: more than "
              + Integer.MAX_VALUE
              + " values");
    }
  }

  /** Number of values, C * H * W. */
  public int elements() {
    return channels * height * width;
  }

  /** The same extent with another number of channels. */
  public Shape withChannels(int newChannels) {
    return new Shape(newChannels, height, width);
  }

  /** H * W. */
  public int pixels() {
    return height * width;
  }

  @Override
  public String toString() {
    return "[" + channels + ", " + height + ", " + width + "]";
  }
}
