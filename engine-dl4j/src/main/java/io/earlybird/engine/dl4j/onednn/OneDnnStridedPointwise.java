package io.earlybird.engine.dl4j.onednn;

import io.earlybird.engine.dl4j.kernels.Arrival;
import io.earlybird.engine.dl4j.kernels.ConvolutionGeometry;
import io.earlybird.engine.dl4j.kernels.ConvolutionKernel;
import io.earlybird.engine.dl4j.kernels.Dims;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Convolution with a 1x1 kernel at every so manieth pixel: these are copied, and the rest is {@link
 * OneDnnPointwise}. Its gradient is added to what lies at those pixels, so that nobody writes and
 * reads the zeros between them.
 */
final class OneDnnStridedPointwise implements ConvolutionKernel, NativeKernel {
  /** Entries of the smallest kernel that is worth the copies. */
  private static final int SMALLEST_KERNEL = 1 << 13;

  private final Context context;
  private final Dims input;
  private final long takenBytes;
  private final Layout strided;
  private final Layout taken;
  private final OneDnnPointwise product;
  private final Reorder take;
  private final Reorder add;

  OneDnnStridedPointwise(Context context, ConvolutionGeometry geometry) {
    this.context = context;
    input = geometry.input();
    Dims output = geometry.output();
    Dims pixels = new Dims(input.batch(), input.channels(), output.height(), output.width());
    takenBytes = pixels.elements() * Float.BYTES;
    strided = Layout.strided(DataType.FLOAT, input, geometry.stride(), pixels);
    taken = Layout.activations(DataType.FLOAT, pixels);
    product =
        new OneDnnPointwise(
            context, new ConvolutionGeometry(pixels, output.channels(), 1, 1, 0, false));
    take = new Reorder(context, strided.descriptor(), taken.descriptor());
    add = new Reorder(context, taken.descriptor(), strided.descriptor(), context.adding());
  }

  /**
   * Whether the convolution is one that this class computes, and faster. oneDNN describes strided
   * pixels only where the rows of all images are equally far apart.
   */
  static boolean computes(DataType type, ConvolutionGeometry geometry) {
    return type == DataType.FLOAT
        && geometry.kernel() == 1
        && geometry.stride() > 1
        && geometry.padding() == 0
        && geometry.input().height() % geometry.stride() == 0
        && !geometry.bias()
        && geometry.input().channels() * geometry.outChannels() >= SMALLEST_KERNEL;
  }

  @Override
  public void forward(INDArray x, INDArray weights, INDArray bias, INDArray y) {
    product.forward(pixelsOf(x), Address.of(weights), Address.of(y));
  }

  /** Address of the pixels that the kernel sees, valid until others are copied. */
  private long pixelsOf(INDArray x) {
    long pixels = context.windows().atLeast(takenBytes);
    take.run(Address.of(x), pixels);
    return pixels;
  }

  @Override
  public boolean addsToInputGradient() {
    return true;
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
    product.kernelGradient(pixelsOf(x), Address.of(dy), Address.of(dWeights));
    if (dx != null) {
      if (arrival == Arrival.REPLACING) {
        clear(Address.buffer(dx));
      }
      long gradients = context.windows().atLeast(takenBytes);
      product.inputGradient(Address.of(dy), Address.of(weights), gradients, Arrival.REPLACING);
      add.run(gradients, Address.of(dx));
    }
  }

  private void clear(FloatBuffer values) {
    int row = input.width() * input.channels();
    float[] zeros = new float[row];
    context
        .threads()
        .run(
            input.batch() * input.height(),
            (begin, end) -> {
              for (int i = begin; i < end; i++) {
                values.put(i * row, zeros);
              }
            });
  }

  @Override
  public void close() {
    take.close();
    add.close();
    product.close();
    strided.close();
    taken.close();
  }
}
