package io.earlybird.engine.dl4j.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_matmul_primitive_desc_create;

import io.earlybird.engine.dl4j.kernels.Activation;
import io.earlybird.engine.dl4j.kernels.Arrival;
import io.earlybird.engine.dl4j.kernels.ConvolutionGeometry;
import io.earlybird.engine.dl4j.kernels.NormalizedProductKernel;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Products of pixels [P, I] and kernels [O, I]; what is left is done on rows of the kernel. */
final class OneDnnNormalizedProduct implements NormalizedProductKernel, NativeKernel {
  private final Context context;
  private final String what;
  private final long pixels;
  private final int in;
  private final int out;
  private final Layout source;
  private final Layout destination;
  private final Layout kernel;
  private final Layout transposedKernel;
  private final Layout square;
  private final Layout inputRow;
  private final Layout outputRow;
  private final NormalizedRows rows;
  private final SummedProduct covariance;
  private final Primitive spread;
  private final Map<Activation, Primitive> adding = new EnumMap<>(Activation.class);
  private Primitive forward;
  private Backward backward;

  /** Primitives of the way back, compiled when it is first gone. */
  private final class Backward implements AutoCloseable {
    private final SummedProduct kernelGradient =
        new SummedProduct(context, what, source, kernel, destination);
    private final Primitive inputProduct =
        MatrixProduct.of(context, what, transposedKernel, kernel, square);
    private final Map<Arrival, Primitive> throughInput = new EnumMap<>(Arrival.class);
    private final Primitive throughKernel =
        MatrixProduct.of(context, what, destination, kernel, source, context.adding());

    private Backward() {
      throughInput.put(
          Arrival.REPLACING, biased(source, square, inputRow, source, context.attributes()));
      throughInput.put(Arrival.ADDING, biased(source, square, inputRow, source, context.adding()));
    }

    @Override
    public void close() {
      kernelGradient.close();
      inputProduct.close();
      throughInput.values().forEach(Primitive::close);
      throughKernel.close();
    }
  }

  OneDnnNormalizedProduct(Context context, ConvolutionGeometry geometry) {
    this.context = context;
    what = "multiply matrices for normalized " + geometry;
    pixels = geometry.input().valuesPerChannel();
    in = geometry.input().channels();
    out = geometry.outChannels();
    source = Layout.matrix(DataType.FLOAT, pixels, in);
    destination = Layout.matrix(DataType.FLOAT, pixels, out);
    kernel = Layout.matrix(DataType.FLOAT, out, in);
    transposedKernel = Layout.transposedMatrix(DataType.FLOAT, in, out);
    square = Layout.matrix(DataType.FLOAT, in, in);
    inputRow = Layout.matrix(DataType.FLOAT, 1, in);
    outputRow = Layout.matrix(DataType.FLOAT, 1, out);
    rows = new NormalizedRows(pixels, in, out, context.threads());
    covariance = new SummedProduct(context, what, source, square, source);
    spread = MatrixProduct.of(context, what, kernel, square, kernel);
  }

  private Primitive biased(
      Layout a, Layout b, Layout bias, Layout c, dnnl_primitive_attr attributes, int... more) {
    Description description =
        new Description(
            what,
            handle ->
                dnnl_matmul_primitive_desc_create(
                    handle,
                    context.engine(),
                    a.descriptor(),
                    b.descriptor(),
                    bias.descriptor(),
                    c.descriptor(),
                    attributes));
    int[] ids = {DNNL_ARG_SRC, DNNL_ARG_WEIGHTS, DNNL_ARG_BIAS, DNNL_ARG_DST};
    int[] all = Arrays.copyOf(ids, ids.length + more.length);
    System.arraycopy(more, 0, all, ids.length, more.length);
    return new Primitive(context, description, all);
  }

  @Override
  public void fold(INDArray x, State state) {
    long squares = context.squares().atLeast((long) in * in * Float.BYTES);
    covariance.run(Address.of(x), Address.of(x), squares, Address.of(state.inputMean()));
    rows.covariance(squares, state.inputMean());
    spread.run(Address.of(state.weights()), squares, Address.of(state.spread()));
    rows.fold(state);
  }

  @Override
  public void forward(INDArray x, State state, INDArray z) {
    if (forward == null) {
      forward = biased(source, transposedKernel, outputRow, destination, context.attributes());
    }
    forward.run(
        Address.of(x), Address.of(state.folded()), Address.of(state.shift()), Address.of(z));
  }

  @Override
  public void forwardAdding(
      INDArray x, State state, INDArray term, Activation following, INDArray sum) {
    adding
        .computeIfAbsent(following, this::describeAdding)
        .run(
            Address.of(x),
            Address.of(state.folded()),
            Address.of(state.shift()),
            Address.of(sum),
            Address.of(term));
  }

  private Primitive describeAdding(Activation following) {
    dnnl_primitive_attr attributes = context.attributesAdding(destination, following);
    try {
      return biased(
          source,
          transposedKernel,
          outputRow,
          destination,
          attributes,
          DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE | DNNL_ARG_SRC_1);
    } finally {
      Context.destroy(attributes);
    }
  }

  @Override
  public void runningSteps(
      State state,
      INDArray runningMean,
      INDArray runningVariance,
      INDArray meanStep,
      INDArray varianceStep) {
    RunningSteps.ofMean(state.mean(), runningMean, meanStep);
    RunningSteps.ofVariance(state.variance(), pixels, runningVariance, varianceStep);
  }

  @Override
  public void backward(
      INDArray x,
      State state,
      INDArray dz,
      INDArray dWeights,
      INDArray dGamma,
      INDArray dBeta,
      INDArray dx,
      Arrival arrival) {
    if (backward == null) {
      backward = new Backward();
    }
    backward.kernelGradient.run(
        Address.of(x), Address.of(dz), Address.of(dWeights), Address.of(dBeta));
    rows.gradients(state, dWeights, dGamma, dBeta);
    if (dx != null) {
      long squares = context.squares().atLeast((long) in * in * Float.BYTES);
      backward.inputProduct.run(Address.of(state.spread()), Address.of(state.weights()), squares);
      long shift = Address.of(state.inputMean());
      backward.throughInput.get(arrival).run(Address.of(x), squares, shift, Address.of(dx));
      backward.throughKernel.run(Address.of(dz), Address.of(state.folded()), Address.of(dx));
    }
  }

  @Override
  public void close() {
    if (forward != null) {
      forward.close();
    }
    if (backward != null) {
      backward.close();
    }
    adding.values().forEach(Primitive::close);
    covariance.close();
    spread.close();
    source.close();
    destination.close();
    kernel.close();
    transposedKernel.close();
    square.close();
    inputRow.close();
    outputRow.close();
  }
}
