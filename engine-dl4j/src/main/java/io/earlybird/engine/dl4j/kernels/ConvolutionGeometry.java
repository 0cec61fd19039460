package io.earlybird.engine.dl4j.kernels;

/**
 * A convolution with a square kernel and zero padding on a batch.
 *
 * @param input extents of the input
 * @param outChannels O
 * @param kernel kH = kW
 * @param stride same for both axes
 * @param padding zeros on each side
 * @param bias whether a bias [O] is added
 */
public record ConvolutionGeometry(
    Dims input, int outChannels, int kernel, int stride, int padding, boolean bias) {
  /** The same with a bias. */
  public ConvolutionGeometry withBias() {
    return new ConvolutionGeometry(input, outChannels, kernel, stride, padding, true);
  }

  /** Extents of the output. */
  public Dims output() {
    return new Dims(
        input.batch(),
        outChannels,
        Extent.of(input.height(), kernel, stride, padding),
        Extent.of(input.width(), kernel, stride, padding));
  }
}
