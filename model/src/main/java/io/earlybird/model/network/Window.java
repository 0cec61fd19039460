package io.earlybird.model.network;

/** Extent of the output of sliding windows. */
final class Window {
  private Window() {}

  static int extent(Convolution c, int in) {
    return extent(c.name(), in, c.kernel(), c.stride(), c.padding());
  }

  /** floor((in + 2 * padding - kernel) / stride) + 1. */
  static int extent(String name, int in, int kernel, int stride, int padding) {
    long room = in + 2L * padding - kernel;
    if (room < 0) {
      throw new IllegalArgumentException(
          "Invalid input of "
              + name
              + ": extent "
              + in
              + " with padding "
              + padding
              + " is smaller than the window "
              + kernel
              + "; use larger images");
    }
    // Padding beyond any image would pass the range of int: the shape then refuses it.
    return (int) Math.min(room / stride + 1, Integer.MAX_VALUE);
  }
}
