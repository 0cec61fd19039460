package io.earlybird.engine.torch;

import io.earlybird.model.network.Convolution;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.pytorch.LongArrayRefOptional;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Convolutions, and products of matrices in their form: a product in OpenBLAS would leave its own
 * threads awake for a while, which take the processor from those of OpenMP.
 */
final class Convolutions {
  private static final long[] ZEROS = {0, 0};
  private static final long[] ONES = {1, 1};

  private Convolutions() {}

  /** Gradients of what was convolved (empty unless wanted), of the kernel, and of the bias. */
  record Back(Tensor x, Tensor kernel, Tensor bias) {
    private static Back of(T_TensorTensorTensor_T found) {
      return new Back(new Tensor(found.get0()), new Tensor(found.get1()), found.get2());
    }
  }

  /** Whether it is a 1x1 convolution of stride 1. */
  static boolean pointwise(Convolution c) {
    return c.kernel() == 1 && c.stride() == 1 && c.padding() == 0;
  }

  /**
   * A 1x1 convolution of stride 1.
   *
   * @param x [N, I, H, W]
   * @param kernel [O, I, 1, 1]
   */
  static Tensor pointwise(Tensor x, Tensor kernel, TensorOptional bias) {
    return torch.conv2d(x, kernel, bias, ONES, ZEROS, ONES, 1);
  }

  /**
   * The product of all pixels of two arrays: the gradient of a 1x1 kernel.
   *
   * @param gradient [N, O, H, W]
   * @param x [N, I, H, W]
   * @return [O, I, 1, 1]
   */
  static Tensor overPixels(Tensor gradient, Tensor x) {
    Tensor like = torch.empty(gradient.size(1), x.size(1), 1, 1);
    return back(gradient, x, like, false, ONES, ZEROS, false).kernel();
  }

  /** The sums over all pixels [C] of an array [N, C, H, W]. */
  static Tensor sumOverPixels(Tensor x) {
    return x.sum(0, 2, 3);
  }

  /** The way back through a 1x1 convolution with bias, of stride 1. */
  static Back pointwiseBack(Tensor gradient, Tensor x, Tensor kernel) {
    return back(gradient, x, kernel, true, ONES, ZEROS, true);
  }

  /** The way back through a convolution. */
  static Back back(
      Tensor gradient,
      Tensor x,
      Tensor kernel,
      boolean bias,
      long[] stride,
      long[] padding,
      boolean inner) {
    BoolPointer wanted = new BoolPointer(3).put(0, inner).put(1, true).put(2, bias);
    return Back.of(
        bias
            ? torch.convolution_backward(
                gradient,
                x,
                kernel,
                new long[] {kernel.size(0)},
                stride,
                padding,
                ONES,
                false,
                ZEROS,
                1,
                wanted)
            : torch.convolution_backward(
                gradient,
                x,
                kernel,
                new LongArrayRefOptional(),
                stride,
                padding,
                ONES,
                false,
                ZEROS,
                1,
                wanted));
  }

  /**
   * A matrix as pixels: [N, C, H, W] as two images [2, C * H * W, N / 2, 1], or N of one pixel if N
   * is odd, in channels-last order. A convolution of few values in a single image would be
   * OpenBLAS's again.
   */
  static Tensor rows(Tensor x) {
    Tensor flat = x.flatten(1, -1);
    long images = flat.size(0) % 2 == 0 ? 2 : flat.size(0);
    return flat.reshape(images, flat.size(0) / images, 1, flat.size(1)).permute(0, 3, 1, 2);
  }

  /** A product over {@link #rows} as a matrix again: [2, O, N / 2, 1] as [N, O]. */
  static Tensor matrix(Tensor rows) {
    return rows.permute(0, 2, 3, 1).reshape(-1, rows.size(1));
  }
}
