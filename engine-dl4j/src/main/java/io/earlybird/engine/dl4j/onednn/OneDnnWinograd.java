package io.earlybird.engine.dl4j.onednn;

import static io.earlybird.engine.dl4j.onednn.WinogradPoints.KERNEL;
import static io.earlybird.engine.dl4j.onednn.WinogradPoints.POINTS;

import io.earlybird.engine.dl4j.kernels.Arrival;
import io.earlybird.engine.dl4j.kernels.ConvolutionGeometry;
import io.earlybird.engine.dl4j.kernels.ConvolutionKernel;
import io.earlybird.engine.dl4j.kernels.Dims;
import java.nio.FloatBuffer;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Convolution with a 3x3 kernel that keeps the extents of its input, by Winograd's F(4x4, 3x3): 36
 * products for 16 outputs of a channel, where the definition takes 144.
 *
 * <p>y = A^T ((G w G^T) * (B^T x B)) A, for each tile of 4x4 outputs and summed over input
 * channels, which makes 36 matrix products of all tiles. Gradients are those of this expression:
 * the points of x and of dy, A dy A^T, make that of the kernel; the points of dy and of the kernel
 * make that of x. Images are taken some at a time, so that their points stay in the cache.
 *
 * <p>Threads share images and products, and meet in between; results do not depend on their number.
 * Maps of tiles and kernels are in {@link WinogradTiles}, {@link WinogradKernels} and {@link
 * WinogradPoints}; products are oneDNN's, which no longer has this algorithm. Results differ from
 * direct sums by some 1e-6 of their size.
 */
final class OneDnnWinograd implements ConvolutionKernel, NativeKernel {
  /** Rows of a product from which oneDNN is at its speed. */
  private static final int ENOUGH_ROWS = 96;

  /**
   * Values of the smaller activation, 1 MiB, below which the maps of the kernel and the meetings of
   * threads cost what the products save.
   */
  private static final int FEWEST_VALUES = 1 << 18;

  /** Channels below which the maps of tiles cost what the products save. */
  private static final int FEWEST_CHANNELS = 64;

  /** Pixels that a tile must have of its 16, on average. */
  private static final int FEWEST_PIXELS = 9;

  private final Context context;
  private final Dims input;
  private final int members;
  private final int images;
  private final WinogradTiles inputs;
  private final WinogradTiles outputs;
  private final WinogradKernels kernels;
  private final WinogradProducts products;
  private final Layout plainKernel;
  private final Layout windowsFirst;
  private final Reorder toWindowsFirst;
  private final Reorder toPlain;

  OneDnnWinograd(Context context, ConvolutionGeometry geometry) {
    this.context = context;
    input = geometry.input();
    members = Math.min(context.threads().count(), POINTS * POINTS);
    images = images(input, members);
    int in = input.channels();
    int out = geometry.outChannels();
    inputs = new WinogradTiles(input, images, members);
    outputs = new WinogradTiles(geometry.output(), images, members);
    kernels = new WinogradKernels(Math.multiplyExact(in, out), members);
    products = new WinogradProducts(inputs.rows(), in, out, members);
    plainKernel = Layout.kernel(out, in, KERNEL);
    windowsFirst = Layout.kernelWindowsFirst(out, in, KERNEL);
    toWindowsFirst = new Reorder(context, plainKernel.descriptor(), windowsFirst.descriptor());
    toPlain = new Reorder(context, windowsFirst.descriptor(), plainKernel.descriptor());
  }

  /** Whether the convolution is one that this class computes, and faster. */
  static boolean computes(DataType type, ConvolutionGeometry geometry) {
    Dims input = geometry.input();
    long pixels = input.valuesPerChannel();
    long tiles = (long) input.batch() * WinogradTiles.of(input);
    int channels = Math.min(input.channels(), geometry.outChannels());
    return type == DataType.FLOAT
        && geometry.kernel() == KERNEL
        && geometry.padding() == KERNEL / 2
        && geometry.stride() == 1
        && !geometry.bias()
        && channels >= FEWEST_CHANNELS
        && pixels * channels >= FEWEST_VALUES
        && pixels >= tiles * FEWEST_PIXELS
        && fitBuffers(geometry);
  }

  /** Buffers of Java hold 2 GiB. */
  private static boolean fitBuffers(ConvolutionGeometry geometry) {
    long kernel = (long) geometry.input().channels() * geometry.outChannels() * POINTS * POINTS;
    return LongStream.of(geometry.input().elements(), geometry.output().elements(), kernel)
        .allMatch(values -> values <= Integer.MAX_VALUE / Float.BYTES);
  }

  /** A divisor of the batch: the smallest that gives products enough rows and members work. */
  private static int images(Dims dims, int members) {
    int tiles = WinogradTiles.of(dims);
    int images = Math.min(members, dims.batch());
    while (dims.batch() % images != 0 || (images < dims.batch() && images * tiles < ENOUGH_ROWS)) {
      images++;
    }
    return images;
  }

  @Override
  public void forward(INDArray x, INDArray weights, INDArray bias, INDArray y) {
    long windows = windowsOf(weights);
    long kernel = context.kernelPoints().atLeast(kernels.pointBytes());
    long from = context.inputPoints().atLeast(inputs.bytes());
    long to = context.outputPoints().atLeast(outputs.bytes());
    FloatBuffer seen = Address.buffer(x);
    FloatBuffer made = Address.buffer(y);
    context
        .threads()
        .together(
            members,
            member -> {
              kernels.toPoints(windows, kernel, member);
              for (int first = 0; first < input.batch(); first += images) {
                inputs.ofInput(seen, first, from, member);
                member.meet();
                products.forward(from, kernel, to, member);
                member.meet();
                outputs.toOutput(to, made, first, member);
              }
            });
  }

  @Override
  public boolean addsToInputGradient() {
    return false;
  }

  @Override
  public void backward(
      INDArray x,
      INDArray weights,
      INDArray dy,
      INDArray dWeights,
      INDArray dBias,
      INDArray dx,
      Arrival arrival) {
    long windows = dx == null ? windows() : windowsOf(weights);
    long kernel = context.kernelPoints().atLeast(kernels.pointBytes());
    long gradient = context.kernelGradientPoints().atLeast(kernels.pointBytes());
    long ofInputs = context.inputPoints().atLeast(inputs.bytes());
    long ofOutputs = context.outputPoints().atLeast(outputs.bytes());
    FloatBuffer seen = Address.buffer(x);
    FloatBuffer given = Address.buffer(dy);
    FloatBuffer wanted = dx == null ? null : Address.buffer(dx);
    context
        .threads()
        .together(
            members,
            member -> {
              if (wanted != null) {
                kernels.toPoints(windows, kernel, member);
              }
              for (int first = 0; first < input.batch(); first += images) {
                inputs.ofInput(seen, first, ofInputs, member);
                outputs.ofOutput(given, first, ofOutputs, member);
                member.meet();
                products.backwardWeights(ofOutputs, ofInputs, gradient, first > 0, member);
                if (wanted != null) {
                  products.backwardData(ofOutputs, kernel, ofInputs, member);
                }
                member.meet();
                if (wanted != null) {
                  inputs.toInput(ofInputs, wanted, first, member);
                }
              }
              kernels.fromPoints(gradient, windows, member);
            });
    toPlain.run(windows, Address.of(dWeights));
  }

  /** Address of the kernel as [kH, kW, O, I], valid until another is packed. */
  private long windowsOf(INDArray weights) {
    long windows = windows();
    toWindowsFirst.run(Address.of(weights), windows);
    return windows;
  }

  /** Where a kernel, or its gradient, lies as [kH, kW, O, I]. */
  private long windows() {
    return context.packedWeights().atLeast(kernels.bytes());
  }

  @Override
  public void close() {
    products.close();
    toWindowsFirst.close();
    toPlain.close();
    plainKernel.close();
    windowsFirst.close();
  }
}
