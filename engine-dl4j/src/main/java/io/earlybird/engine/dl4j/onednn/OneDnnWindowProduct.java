package io.earlybird.engine.dl4j.onednn;

import io.earlybird.engine.dl4j.kernels.Arrival;
import io.earlybird.engine.dl4j.kernels.ConvolutionGeometry;
import io.earlybird.engine.dl4j.kernels.ConvolutionKernel;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Convolution that keeps the extents of its input, as matrix products of the {@link Windows} of all
 * pixels of the batch and the kernel.
 *
 * <p>oneDNN's convolution goes through the kernel once for each image. Where an image has few
 * pixels and the kernel does not fit the cache, it spends most of its time reading the kernel; a
 * product over the whole batch reads it once.
 */
final class OneDnnWindowProduct implements ConvolutionKernel, NativeKernel {
  /** Pixels of an image up to which windows pay; a row of them is nine times a pixel. */
  private static final int MOST_PIXELS = 16;

  /** Entries of the smallest kernel worth it: 1 MiB, about what the cache of a core holds. */
  private static final int SMALLEST_KERNEL = 1 << 18;

  private final Context context;
  private final Windows inputWindows;
  private final Windows outputWindows;
  private final Layout source;
  private final Layout destination;
  private final Layout transposedDestination;
  private final Layout sourceRows;
  private final Layout destinationRows;
  private final Layout kernelByOutput;
  private final Layout transposedKernelByOutput;
  private final Layout kernelByWindow;
  private final Layout plainKernel;
  private final Layout outputsFirst;
  private final Layout windowsFirst;
  private final Primitive forward;
  private final Primitive backwardData;
  private final Primitive backwardWeights;
  private final Reorder toOutputsFirst;
  private final Reorder toWindowsFirst;
  private final Reorder toPlain;
  private final long kernelBytes;

  OneDnnWindowProduct(Context context, ConvolutionGeometry geometry) {
    this.context = context;
    int kernel = geometry.kernel();
    int in = geometry.input().channels();
    int out = geometry.outChannels();
    long pixels = geometry.input().valuesPerChannel();
    long entries = (long) kernel * kernel;
    kernelBytes = entries * in * out * Float.BYTES;
    inputWindows = new Windows(geometry.input(), kernel);
    outputWindows = new Windows(geometry.output(), kernel);
    source = Layout.matrix(DataType.FLOAT, pixels, in);
    destination = Layout.matrix(DataType.FLOAT, pixels, out);
    transposedDestination = Layout.transposedMatrix(DataType.FLOAT, out, pixels);
    sourceRows = Layout.matrix(DataType.FLOAT, pixels, entries * in);
    destinationRows = Layout.matrix(DataType.FLOAT, pixels, entries * out);
    kernelByOutput = Layout.matrix(DataType.FLOAT, out, entries * in);
    transposedKernelByOutput = Layout.transposedMatrix(DataType.FLOAT, entries * in, out);
    kernelByWindow = Layout.matrix(DataType.FLOAT, entries * out, in);
    plainKernel = Layout.kernel(out, in, kernel);
    outputsFirst = Layout.kernelOutputsFirst(out, in, kernel);
    windowsFirst = Layout.kernelWindowsFirst(out, in, kernel);
    String what = "multiply windows for " + geometry;
    forward = MatrixProduct.of(context, what, sourceRows, transposedKernelByOutput, destination);
    backwardData = MatrixProduct.of(context, what, destinationRows, kernelByWindow, source);
    backwardWeights =
        MatrixProduct.of(context, what, transposedDestination, sourceRows, kernelByOutput);
    toOutputsFirst = new Reorder(context, plainKernel.descriptor(), outputsFirst.descriptor());
    toWindowsFirst = new Reorder(context, plainKernel.descriptor(), windowsFirst.descriptor());
    toPlain = new Reorder(context, outputsFirst.descriptor(), plainKernel.descriptor());
  }

  /** Whether the convolution is one that this class computes, and faster. */
  static boolean computes(DataType type, ConvolutionGeometry geometry) {
    long entries = (long) geometry.kernel() * geometry.kernel();
    return type == DataType.FLOAT
        && geometry.kernel() % 2 == 1
        && geometry.kernel() > 1
        && geometry.padding() == geometry.kernel() / 2
        && geometry.stride() == 1
        && !geometry.bias()
        && geometry.input().height() * geometry.input().width() <= MOST_PIXELS
        && entries * geometry.input().channels() * geometry.outChannels() >= SMALLEST_KERNEL;
  }

  @Override
  public void forward(INDArray x, INDArray weights, INDArray bias, INDArray y) {
    long rows = rows(inputWindows, x, Windows.Order.FORWARD);
    long packed = context.packedWeights().atLeast(kernelBytes);
    toOutputsFirst.run(Address.of(weights), packed);
    forward.run(rows, packed, Address.of(y));
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
    long packed = context.packedWeights().atLeast(kernelBytes);
    long seen = rows(inputWindows, x, Windows.Order.FORWARD);
    backwardWeights.run(Address.of(dy), seen, packed);
    toPlain.run(packed, Address.of(dWeights));
    if (dx != null) {
      long rows = rows(outputWindows, dy, Windows.Order.BACKWARD);
      toWindowsFirst.run(Address.of(weights), packed);
      backwardData.run(rows, packed, Address.of(dx));
    }
  }

  /** Address of the windows of an activation, valid until the next are laid out. */
  private long rows(Windows windows, INDArray activation, Windows.Order order) {
    int length = windows.length();
    long address = context.windows().atLeast((long) length * Float.BYTES);
    FloatBuffer target = Address.buffer(address, length);
    windows.layOut(Address.buffer(activation), target, order, context.threads());
    return address;
  }

  @Override
  public void close() {
    forward.close();
    backwardData.close();
    backwardWeights.close();
    toOutputsFirst.close();
    toWindowsFirst.close();
    toPlain.close();
    source.close();
    destination.close();
    transposedDestination.close();
    sourceRows.close();
    destinationRows.close();
    kernelByOutput.close();
    transposedKernelByOutput.close();
    kernelByWindow.close();
    plainKernel.close();
    outputsFirst.close();
    windowsFirst.close();
  }
}
