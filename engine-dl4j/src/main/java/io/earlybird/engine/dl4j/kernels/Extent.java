package io.earlybird.engine.dl4j.kernels;

/** Extent of the output of sliding windows. */
final class Extent {
  private Extent() {}

  /** floor((in + 2 * padding - kernel) / stride) + 1. */
  static int of(int in, int kernel, int stride, int padding) {
    return (in + 2 * padding - kernel) / stride + 1;
  }
}
