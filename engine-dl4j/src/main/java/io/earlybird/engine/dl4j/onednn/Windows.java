package io.earlybird.engine.dl4j.onednn;

import io.earlybird.engine.dl4j.kernels.Dims;
import io.earlybird.engine.dl4j.kernels.HostThreads;
import java.nio.FloatBuffer;

/**
 * Lays out what a square kernel of odd extent sees around each pixel as a row of a matrix [N * H *
 * W, k * k * C], zeros beyond the border.
 */
final class Windows {
  /** Which neighbor stands where in a row. */
  enum Order {
    /** The pixel that the kernel entry (kh, kw) is multiplied with in a forward pass. */
    FORWARD(1),
    /** The pixel from whose gradient that entry leads back to the middle. */
    BACKWARD(-1);

    private final int sign;

    Order(int sign) {
      this.sign = sign;
    }
  }

  private final Dims dims;
  private final int kernel;
  private final float[] beyond;

  Windows(Dims dims, int kernel) {
    this.dims = dims;
    this.kernel = kernel;
    beyond = new float[dims.channels()];
  }

  /** Values of the matrix. */
  int length() {
    return Math.toIntExact(Math.multiplyExact(dims.elements(), kernel * kernel));
  }

  /**
   * Fills the matrix.
   *
   * @param from [N, H, W, C]
   * @param to receives [N, H, W, kH, kW, C]
   */
  void layOut(FloatBuffer from, FloatBuffer to, Order order, HostThreads threads) {
    threads.run(
        dims.batch(),
        (first, end) -> {
          for (int image = first; image < end; image++) {
            image(from, to, order, image);
          }
        });
  }

  private void image(FloatBuffer from, FloatBuffer to, Order order, int image) {
    int next = length() / dims.batch() * image;
    for (int row = 0; row < dims.height(); row++) {
      for (int column = 0; column < dims.width(); column++) {
        next = window(from, to, order, next, image, row, column);
      }
    }
  }

  private int window(
      FloatBuffer from, FloatBuffer to, Order order, int start, int image, int row, int column) {
    int channels = dims.channels();
    int reach = kernel / 2;
    int next = start;
    for (int kh = -reach; kh <= reach; kh++) {
      int y = row + order.sign * kh;
      for (int kw = -reach; kw <= reach; kw++) {
        int x = column + order.sign * kw;
        if (y >= 0 && y < dims.height() && x >= 0 && x < dims.width()) {
          int pixel = (image * dims.height() + y) * dims.width() + x;
          to.put(next, from, pixel * channels, channels);
        } else {
          to.put(next, beyond);
        }
        next += channels;
      }
    }
    return next;
  }
}
