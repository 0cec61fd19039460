package io.earlybird.engine.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * What a 1x1 convolution of stride 1 reads and writes, as many images of few pixels in a row.
 *
 * <p>To such a convolution it is all the same which pixels make an image, and channels-last arrays
 * can be seen either way. oneDNN goes through images one by one: what it reads and writes again
 * stays in the cache if they are short. In one thread, images of 14 x 14 pixels and more took up to
 * twice as long; those of 7 x 7 pixels are rather joined, which reads the kernel less often. More
 * threads divide the work otherwise, and lost by it with large kernels.
 */
final class PixelStrips {
  /** Most pixels of a strip, where images have more. */
  private static final long OF_LARGE_IMAGES = 64;

  /** Most pixels of a strip, where images have fewer than the above. */
  private static final long OF_SMALL_IMAGES = 196;

  /** Shorter strips are not worth it. */
  private static final long FEWEST = 28;

  private PixelStrips() {}

  /**
   * A view of an array; a copy if that is not channels-last.
   *
   * @param x [N, C, H, W]
   * @return [P / w, C, 1, w] for a divisor w of P = N H W; x itself if none suits, or if libtorch
   *     uses more than one thread
   */
  static Tensor of(Tensor x) {
    if (torch.get_num_threads() > 1) {
      return x;
    }
    long pixels = x.size(0) * x.size(2) * x.size(3);
    long width = width(pixels, x.size(2) * x.size(3));
    return width < FEWEST || width == pixels
        ? x
        : x.permute(0, 2, 3, 1).reshape(-1, 1, width, x.size(1)).permute(0, 3, 1, 2);
  }

  /**
   * A 1x1 convolution of stride 1 over strips.
   *
   * @param x [N, I, H, W]
   * @param kernel [O, I, 1, 1]
   * @return [N, O, H, W]
   */
  static Tensor convolved(Tensor x, Tensor kernel, TensorOptional bias) {
    return images(Convolutions.pointwise(of(x), kernel, bias), x);
  }

  private static long width(long pixels, long ofAnImage) {
    long width = ofAnImage > OF_LARGE_IMAGES ? OF_LARGE_IMAGES : OF_SMALL_IMAGES;
    while (pixels % width != 0) {
      width--;
    }
    return width;
  }

  /**
   * The opposite of {@link #of}.
   *
   * @param strips [P / w, C, 1, w]
   * @param like [N, any, H, W]
   * @return [N, C, H, W]
   */
  static Tensor images(Tensor strips, Tensor like) {
    return strips
        .permute(0, 2, 3, 1)
        .reshape(like.size(0), like.size(2), like.size(3), strips.size(1))
        .permute(0, 3, 1, 2);
  }
}
