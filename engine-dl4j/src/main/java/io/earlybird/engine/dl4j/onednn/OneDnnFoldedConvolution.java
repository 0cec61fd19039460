package io.earlybird.engine.dl4j.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_direct;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_forward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;

import io.earlybird.engine.dl4j.kernels.Activation;
import io.earlybird.engine.dl4j.kernels.ConvolutionGeometry;
import io.earlybird.engine.dl4j.kernels.FoldedConvolutionKernel;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Convolution of one geometry for evaluation, with bias and activation. */
final class OneDnnFoldedConvolution implements FoldedConvolutionKernel, NativeKernel {
  private static final long[] NO_DILATION = {0, 0};

  private final Context context;
  private final ConvolutionGeometry geometry;
  private final Layout source;
  private final Layout destination;
  private final Layout plainKernel;
  private final Layout anyKernel;
  private final Layout bias;
  private final Primitive forward;
  private final Reorder pack;

  OneDnnFoldedConvolution(Context context, ConvolutionGeometry geometry, Activation activation) {
    this.context = context;
    this.geometry = geometry;
    int in = geometry.input().channels();
    int out = geometry.outChannels();
    source = Layout.activations(context.type(), geometry.input());
    destination = Layout.activations(context.type(), geometry.output());
    plainKernel = Layout.kernel(out, in, geometry.kernel());
    anyKernel = Layout.anyKernel(context.type(), out, in, geometry.kernel());
    bias = Layout.vector(out);
    forward =
        new Primitive(
            context,
            describe(activation),
            DNNL_ARG_SRC,
            DNNL_ARG_WEIGHTS,
            DNNL_ARG_BIAS,
            DNNL_ARG_DST);
    pack =
        new Reorder(
            context, plainKernel.descriptor(), forward.description().layoutOf(DNNL_ARG_WEIGHTS));
  }

  private Description describe(Activation activation) {
    long[] strides = {geometry.stride(), geometry.stride()};
    long[] padding = {geometry.padding(), geometry.padding()};
    return new Description(
        "convolve for evaluation with " + geometry,
        handle ->
            dnnl_convolution_forward_primitive_desc_create(
                handle,
                context.engine(),
                dnnl_forward_inference,
                dnnl_convolution_direct,
                source.descriptor(),
                anyKernel.descriptor(),
                bias.descriptor(),
                destination.descriptor(),
                strides,
                NO_DILATION,
                padding,
                padding,
                context.attributes(activation)));
  }

  @Override
  public long packedLength() {
    long bytes = forward.description().bytesOf(DNNL_ARG_WEIGHTS);
    return (bytes + Float.BYTES - 1) / Float.BYTES;
  }

  @Override
  public void pack(INDArray weights, INDArray packed) {
    pack.run(Address.of(weights), Address.of(packed));
  }

  @Override
  public void forward(INDArray x, INDArray packed, INDArray biasValues, INDArray y) {
    forward.run(Address.of(x), Address.of(packed), Address.of(biasValues), Address.of(y));
  }

  @Override
  public void close() {
    pack.close();
    forward.close();
    source.close();
    destination.close();
    plainKernel.close();
    anyKernel.close();
    bias.close();
  }
}
