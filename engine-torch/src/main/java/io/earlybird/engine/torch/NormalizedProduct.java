package io.earlybird.engine.torch;

import io.earlybird.engine.torch.ForwardPass.Statistics;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Convolution;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A 1x1 convolution and the batch norm that alone reads it, trained without a pass over what the
 * convolution puts out.
 *
 * <p>With x [P, I] (P = N H W pixels), W [O, I] and y = x W' the statistics of y follow from those
 * of x. With m = mean(x) [I], S = x' x / P - m m' [I, I], and rows(.) for the sums of rows:
 *
 * <ul>
 *   <li>mean(y) = W m, var(y) = rows(W . W S) or 0, if rounding makes that negative;
 *   <li>r = 1 / sqrt(var(y) + 1e-5), a = gamma r; the batch norm puts out the single convolution z
 *       = x (a W)' + beta - a mean(y).
 * </ul>
 *
 * <p>With g [P, O], the gradient of z, G = g' x [O, I], s = sum(g) [O], q = rows(W . G) - mean(y) s
 * and f = a r r q:
 *
 * <ul>
 *   <li>dbeta = s, dgamma = r q, dW = a (G - s m') - f W S;
 *   <li>dx = g (a W) - x M + c, with M = W' (f W) / P [I, I] and c = W' (f mean(y) - a s) / P [I].
 * </ul>
 *
 * <p>Products of matrices are {@link Convolutions}. Vectors of O are columns here, those of I rows.
 */
final class NormalizedProduct {
  private final Tensors tensors;
  private final FusedOperators fused;

  NormalizedProduct(Tensors tensors, FusedOperators fused) {
    this.tensors = tensors;
    this.fused = fused;
  }

  /**
   * What the way there finds out about a batch, for the way back.
   *
   * @param weight W [O, I]
   * @param spread W S [O, I]
   * @param inner m [1, I]
   * @param mean mean(y) [O, 1]
   * @param rate r [O, 1]
   * @param scale a [O, 1]
   * @param kernel a W [O, I, 1, 1]
   */
  record Batch(
      Tensor weight,
      Tensor spread,
      Tensor inner,
      Tensor mean,
      Tensor rate,
      Tensor scale,
      Tensor kernel) {
    static Batch of(Tensor... parts) {
      return new Batch(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], parts[6]);
    }

    Tensor[] parts() {
      return new Tensor[] {weight, spread, inner, mean, rate, scale, kernel};
    }
  }

  /**
   * Gradients of the parameters, and what that of x is made of.
   *
   * @param weight dW [O, I, 1, 1]
   * @param gamma dgamma [O]
   * @param beta dbeta [O]
   * @param kernel (a W)' [I, O, 1, 1]
   * @param correction - M [I, I, 1, 1]
   * @param shift c [I]
   */
  record Back(
      Tensor weight, Tensor gamma, Tensor beta, Tensor kernel, Tensor correction, Tensor shift) {}

  /** Finds the statistics of a batch x [N, I, H, W], and moves the running ones if it is to. */
  Batch there(Convolution convolution, BatchNorm batchNorm, Tensor x, Statistics statistics) {
    double pixels = pixels(x);
    Tensor weight = value(convolution.weight()).flatten(1, -1);
    Tensor strips = PixelStrips.of(x);
    Tensor squares = Convolutions.overPixels(strips, strips);
    Tensor inner = Convolutions.sumOverPixels(x).to(ScalarType.Double).div_(new Scalar(pixels));
    Tensor covariance =
        torch
            .addr(
                squares.flatten(1, -1).to(ScalarType.Double),
                inner,
                inner,
                new Scalar(1 / pixels),
                new Scalar(-1.0f))
            .to(ScalarType.Float)
            .view_as(squares);
    inner = inner.to(ScalarType.Float).view(1, -1);
    Tensor spread =
        Convolutions.matrix(
            Convolutions.pointwise(Convolutions.rows(weight), covariance, new TensorOptional()));
    Tensor mean = sum(weight.mul(inner), 1);
    Tensor variance = sum(weight.mul(spread), 1).clamp_min_(new Scalar(0.0f));
    if (statistics == Statistics.BATCH_MOVING) {
      move(batchNorm.runningMean(), mean);
      move(batchNorm.runningVariance(), variance.mul(new Scalar(pixels / (pixels - 1))));
    }
    Tensor rate = variance.add_(new Scalar(BatchNorm.EPSILON)).rsqrt_();
    Tensor scale = value(batchNorm.gamma()).view(-1, 1).mul(rate);
    Tensor kernel = weight.mul(scale).view(weight.size(0), weight.size(1), 1, 1);
    return new Batch(weight, spread, inner, mean, rate, scale, kernel);
  }

  private void move(String running, Tensor towards) {
    value(running).lerp_(towards.view(-1), new Scalar(BatchNorm.RUNNING_FACTOR));
  }

  /** z [N, O, H, W]. */
  Tensor output(Batch batch, BatchNorm batchNorm, Tensor x) {
    return PixelStrips.convolved(x, batch.kernel(), shift(batch, batchNorm));
  }

  /** term = max(term + z, 0) [N, O, H, W], channels-last. */
  void addAndRectify(Batch batch, BatchNorm batchNorm, Tensor x, Tensor term) {
    fused.addConvolvedAndRectify(term, x, batch.kernel(), shift(batch, batchNorm));
  }

  /** beta - a mean(y). */
  private TensorOptional shift(Batch batch, BatchNorm batchNorm) {
    Tensor beta = value(batchNorm.beta()).view(-1, 1);
    Tensor shift = torch.addcmul(beta, batch.scale(), batch.mean(), new Scalar(-1.0f));
    return new TensorOptional(shift.view(-1));
  }

  /** Takes the gradient of z [N, O, H, W] back to the parameters. */
  Back back(Batch batch, Tensor x, Tensor gradient) {
    Tensor weight = batch.weight();
    Tensor products =
        Convolutions.overPixels(PixelStrips.of(gradient), PixelStrips.of(x)).flatten(1, -1);
    Tensor beta = Convolutions.sumOverPixels(gradient);
    Tensor sums = beta.view(-1, 1);
    Tensor gamma =
        sum(weight.mul(products), 1)
            .addcmul_(batch.mean(), sums, new Scalar(-1.0f))
            .mul_(batch.rate());
    Tensor f = gamma.mul(batch.scale()).mul_(batch.rate());
    Tensor dWeight =
        torch
            .addr(products, beta, batch.inner().view(-1), new Scalar(1.0f), new Scalar(-1.0f))
            .mul_(batch.scale())
            .addcmul_(f, batch.spread(), new Scalar(-1.0f))
            .view_as(batch.kernel());
    double pixels = pixels(x);
    Tensor correction =
        Convolutions.overPixels(
            Convolutions.rows(weight.mul(f.mul(new Scalar(-1 / pixels)))),
            Convolutions.rows(weight));
    Tensor outer = f.mul(batch.mean()).addcmul_(batch.scale(), sums, new Scalar(-1.0f));
    Tensor shift = sum(weight.mul(outer.div_(new Scalar(pixels))), 0).view(-1);
    return new Back(
        dWeight, gamma.view(-1), beta, batch.kernel().permute(1, 0, 2, 3), correction, shift);
  }

  /** dx [N, I, H, W]. */
  Tensor inner(Back back, Tensor x, Tensor gradient) {
    Tensor inner = PixelStrips.convolved(x, back.correction(), new TensorOptional(back.shift()));
    fused.addConvolved(inner, gradient, back.kernel(), new TensorOptional());
    return inner;
  }

  /** Adds dx to what has arrived already [N, I, H, W], channels-last. */
  void addInner(Back back, Tensor x, Tensor gradient, Tensor arrived) {
    fused.addConvolved(arrived, x, back.correction(), new TensorOptional(back.shift()));
    fused.addConvolved(arrived, gradient, back.kernel(), new TensorOptional());
  }

  private Tensor value(String tensor) {
    return tensors.named(tensor).value();
  }

  private static double pixels(Tensor x) {
    return (double) x.size(0) * x.size(2) * x.size(3);
  }

  /** Sums over an axis, which stays, with extent 1. */
  private static Tensor sum(Tensor x, long axis) {
    return x.sum(new long[] {axis}, true, new ScalarTypeOptional());
  }
}
