package io.earlybird.engine.dl4j.onednn;

import io.earlybird.engine.dl4j.kernels.Arrival;
import io.earlybird.engine.dl4j.kernels.ConvolutionGeometry;
import io.earlybird.engine.dl4j.kernels.ConvolutionKernel;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Convolution with a 1x1 kernel at every pixel, as matrix products of pixels [P, C] and the kernel
 * [O, I].
 *
 * <p>y = x w', dx = dy w, dw = dy' x. All three read and write the parameters' own C order, so that
 * nothing is reordered, and the last is faster than oneDNN's convolution, which has an older
 * implementation for it.
 */
final class OneDnnPointwise implements ConvolutionKernel, NativeKernel {
  private final Context context;
  private final ConvolutionGeometry geometry;
  private final Layout source;
  private final Layout destination;
  private final Layout kernel;
  private final Layout transposedKernel;
  private final Layout transposedDestination;
  private final Primitive forward;
  private Primitive replacingInputGradient;
  private Primitive addingInputGradient;
  private Primitive backwardWeights;

  OneDnnPointwise(Context context, ConvolutionGeometry geometry) {
    this.context = context;
    this.geometry = geometry;
    long pixels = geometry.input().valuesPerChannel();
    int in = geometry.input().channels();
    int out = geometry.outChannels();
    source = Layout.matrix(context.type(), pixels, in);
    destination = Layout.matrix(context.type(), pixels, out);
    kernel = Layout.matrix(context.type(), out, in);
    transposedKernel = Layout.transposedMatrix(context.type(), in, out);
    transposedDestination = Layout.transposedMatrix(context.type(), out, pixels);
    forward = product(source, transposedKernel, destination, context.attributes());
  }

  /** Whether the convolution is one that this class computes. */
  static boolean computes(DataType type, ConvolutionGeometry geometry) {
    return type == DataType.FLOAT
        && geometry.kernel() == 1
        && geometry.stride() == 1
        && geometry.padding() == 0
        && !geometry.bias();
  }

  private Primitive product(Layout a, Layout b, Layout c, dnnl_primitive_attr attributes) {
    return MatrixProduct.of(context, "multiply matrices for " + geometry, a, b, c, attributes);
  }

  @Override
  public void forward(INDArray x, INDArray weights, INDArray bias, INDArray y) {
    forward(Address.of(x), Address.of(weights), Address.of(y));
  }

  /** From and to these addresses. */
  void forward(long x, long weights, long y) {
    forward.run(x, weights, y);
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
    kernelGradient(Address.of(x), Address.of(dy), Address.of(dWeights));
    if (dx != null) {
      inputGradient(Address.of(dy), Address.of(weights), Address.of(dx), arrival);
    }
  }

  /** From and to these addresses. */
  void kernelGradient(long x, long dy, long dWeights) {
    if (backwardWeights == null) {
      backwardWeights = product(transposedDestination, source, kernel, context.attributes());
    }
    backwardWeights.run(dy, x, dWeights);
  }

  /** From and to these addresses. */
  void inputGradient(long dy, long weights, long dx, Arrival arrival) {
    inputGradient(arrival).run(dy, weights, dx);
  }

  private Primitive inputGradient(Arrival arrival) {
    return switch (arrival) {
      case REPLACING -> {
        if (replacingInputGradient == null) {
          replacingInputGradient = product(destination, kernel, source, context.attributes());
        }
        yield replacingInputGradient;
      }
      case ADDING -> {
        if (addingInputGradient == null) {
          addingInputGradient = product(destination, kernel, source, context.adding());
        }
        yield addingInputGradient;
      }
    };
  }

  @Override
  public void close() {
    if (replacingInputGradient != null) {
      replacingInputGradient.close();
    }
    if (addingInputGradient != null) {
      addingInputGradient.close();
    }
    if (backwardWeights != null) {
      backwardWeights.close();
    }
    forward.close();
    source.close();
    destination.close();
    kernel.close();
    transposedKernel.close();
    transposedDestination.close();
  }
}
