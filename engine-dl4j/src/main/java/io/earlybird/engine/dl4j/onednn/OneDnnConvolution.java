package io.earlybird.engine.dl4j.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_backward_data_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_backward_weights_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_direct;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_forward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;

import io.earlybird.engine.dl4j.kernels.Arrival;
import io.earlybird.engine.dl4j.kernels.ConvolutionGeometry;
import io.earlybird.engine.dl4j.kernels.ConvolutionKernel;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Convolution of one geometry; the backward primitives are made when first needed. */
final class OneDnnConvolution implements ConvolutionKernel, NativeKernel {
  private static final long[] NO_DILATION = {0, 0};

  private final Context context;
  private final ConvolutionGeometry geometry;
  private final long[] strides;
  private final long[] padding;
  private final Layout source;
  private final Layout destination;
  private final Layout plainKernel;
  private final Layout anyKernel;
  private final Layout anyKernelGradient;
  private final Layout bias;
  private final Primitive forward;
  private final PackedWeights forwardWeights;
  private Primitive backwardData;
  private PackedWeights backwardDataWeights;
  private Primitive backwardWeights;
  private PackedWeights weightGradient;

  OneDnnConvolution(Context context, ConvolutionGeometry geometry) {
    this.context = context;
    this.geometry = geometry;
    int in = geometry.input().channels();
    strides = new long[] {geometry.stride(), geometry.stride()};
    padding = new long[] {geometry.padding(), geometry.padding()};
    source = Layout.activations(context.type(), geometry.input());
    destination = Layout.activations(context.type(), geometry.output());
    plainKernel = Layout.kernel(geometry.outChannels(), in, geometry.kernel());
    anyKernel = Layout.anyKernel(context.type(), geometry.outChannels(), in, geometry.kernel());
    anyKernelGradient =
        Layout.anyKernel(DataType.FLOAT, geometry.outChannels(), in, geometry.kernel());
    bias = Layout.vector(geometry.outChannels());
    forward =
        geometry.bias()
            ? new Primitive(
                context,
                describeForward(),
                DNNL_ARG_SRC,
                DNNL_ARG_WEIGHTS,
                DNNL_ARG_DST,
                DNNL_ARG_BIAS)
            : new Primitive(
                context, describeForward(), DNNL_ARG_SRC, DNNL_ARG_WEIGHTS, DNNL_ARG_DST);
    forwardWeights =
        PackedWeights.read(
            context, plainKernel.descriptor(), forward.description().layoutOf(DNNL_ARG_WEIGHTS));
  }

  /** Name of the implementation that oneDNN chose for the forward pass. */
  String implementation() {
    return forward.description().implementation();
  }

  @Override
  public void forward(INDArray x, INDArray weights, INDArray biasValues, INDArray y) {
    long packed = forwardWeights.packed(Address.of(weights));
    if (geometry.bias()) {
      forward.run(Address.of(x), packed, Address.of(y), Address.of(biasValues));
    } else {
      forward.run(Address.of(x), packed, Address.of(y));
    }
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
    backwardWeights(x, dy, dWeights, dBias);
    if (dx != null) {
      backwardData(dy, weights, dx);
    }
  }

  private void backwardData(INDArray dy, INDArray weights, INDArray dx) {
    if (backwardData == null) {
      backwardData =
          new Primitive(
              context,
              describeBackwardData(),
              DNNL_ARG_DIFF_DST,
              DNNL_ARG_WEIGHTS,
              DNNL_ARG_DIFF_SRC);
      backwardDataWeights =
          PackedWeights.read(
              context,
              plainKernel.descriptor(),
              backwardData.description().layoutOf(DNNL_ARG_WEIGHTS));
    }
    long packed = backwardDataWeights.packed(Address.of(weights));
    backwardData.run(Address.of(dy), packed, Address.of(dx));
  }

  private void backwardWeights(INDArray x, INDArray dy, INDArray dWeights, INDArray dBias) {
    if (backwardWeights == null) {
      makeBackwardWeights();
    }
    long plain = Address.of(dWeights);
    long target = weightGradient.target(plain);
    if (geometry.bias()) {
      backwardWeights.run(Address.of(x), Address.of(dy), target, Address.of(dBias));
    } else {
      backwardWeights.run(Address.of(x), Address.of(dy), target);
    }
    weightGradient.arrive(plain);
  }

  private void makeBackwardWeights() {
    Description description = describeBackwardWeights();
    backwardWeights =
        geometry.bias()
            ? new Primitive(
                context,
                description,
                DNNL_ARG_SRC,
                DNNL_ARG_DIFF_DST,
                DNNL_ARG_DIFF_WEIGHTS,
                DNNL_ARG_DIFF_BIAS)
            : new Primitive(
                context, description, DNNL_ARG_SRC, DNNL_ARG_DIFF_DST, DNNL_ARG_DIFF_WEIGHTS);
    weightGradient =
        PackedWeights.written(
            context, plainKernel.descriptor(), description.layoutOf(DNNL_ARG_DIFF_WEIGHTS));
  }

  private Description describeForward() {
    return new Description(
        "convolve forward with " + geometry,
        handle ->
            dnnl_convolution_forward_primitive_desc_create(
                handle,
                context.engine(),
                dnnl_forward_training,
                dnnl_convolution_direct,
                source.descriptor(),
                anyKernel.descriptor(),
                biasDescriptor(),
                destination.descriptor(),
                strides,
                NO_DILATION,
                padding,
                padding,
                context.attributes()));
  }

  private Description describeBackwardData() {
    return new Description(
        "convolve backward to the input with " + geometry,
        handle ->
            dnnl_convolution_backward_data_primitive_desc_create(
                handle,
                context.engine(),
                dnnl_convolution_direct,
                source.descriptor(),
                anyKernel.descriptor(),
                destination.descriptor(),
                strides,
                NO_DILATION,
                padding,
                padding,
                forward.description().handle(),
                context.attributes()));
  }

  private Description describeBackwardWeights() {
    return new Description(
        "convolve backward to the kernel with " + geometry,
        handle ->
            dnnl_convolution_backward_weights_primitive_desc_create(
                handle,
                context.engine(),
                dnnl_convolution_direct,
                source.descriptor(),
                anyKernelGradient.descriptor(),
                biasDescriptor(),
                destination.descriptor(),
                strides,
                NO_DILATION,
                padding,
                padding,
                forward.description().handle(),
                context.attributes()));
  }

  private dnnl_memory_desc biasDescriptor() {
    return geometry.bias() ? bias.descriptor() : null;
  }

  @Override
  public void close() {
    if (backwardData != null) {
      backwardData.close();
      backwardDataWeights.close();
    }
    if (backwardWeights != null) {
      backwardWeights.close();
      weightGradient.close();
    }
    forwardWeights.close();
    forward.close();
    source.close();
    destination.close();
    plainKernel.close();
    anyKernel.close();
    anyKernelGradient.close();
    bias.close();
  }
}
