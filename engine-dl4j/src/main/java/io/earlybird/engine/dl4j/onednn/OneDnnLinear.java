package io.earlybird.engine.dl4j.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_inner_product_backward_data_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_inner_product_backward_weights_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_inner_product_forward_primitive_desc_create;

import io.earlybird.engine.dl4j.kernels.LinearKernel;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Inner product of given extents, on weights in C order; float32 logits, whatever goes in. */
final class OneDnnLinear implements LinearKernel, NativeKernel {
  private final Context context;
  private final Layout source;
  private final Layout weightMatrix;
  private final Layout readWeights;
  private final Layout bias;
  private final Layout destination;
  private final Layout destinationGradient;
  private final Primitive forward;
  private final PackedWeights packedWeights;
  private Primitive backwardData;
  private Primitive backwardWeights;

  OneDnnLinear(Context context, int batch, int in, int out) {
    this.context = context;
    source = Layout.matrix(context.type(), batch, in);
    weightMatrix = Layout.matrix(DataType.FLOAT, out, in);
    readWeights = Layout.matrix(context.type(), out, in);
    bias = Layout.vector(out);
    destination = Layout.matrix(DataType.FLOAT, batch, out);
    destinationGradient = Layout.matrix(context.type(), batch, out);
    forward =
        new Primitive(
            context,
            describeForward(),
            DNNL_ARG_SRC,
            DNNL_ARG_WEIGHTS,
            DNNL_ARG_BIAS,
            DNNL_ARG_DST);
    packedWeights =
        PackedWeights.read(context, weightMatrix.descriptor(), readWeights.descriptor());
  }

  @Override
  public void forward(INDArray x, INDArray weights, INDArray biasValues, INDArray y) {
    long packed = packedWeights.packed(Address.of(weights));
    forward.run(Address.of(x), packed, Address.of(biasValues), Address.of(y));
  }

  @Override
  public void backward(
      INDArray x, INDArray weights, INDArray dy, INDArray dWeights, INDArray dBias, INDArray dx) {
    backwardWeights(x, dy, dWeights, dBias);
    backwardData(dy, weights, dx);
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
    }
    long packed = packedWeights.packed(Address.of(weights));
    backwardData.run(Address.of(dy), packed, Address.of(dx));
  }

  private void backwardWeights(INDArray x, INDArray dy, INDArray dWeights, INDArray dBias) {
    if (backwardWeights == null) {
      backwardWeights =
          new Primitive(
              context,
              describeBackwardWeights(),
              DNNL_ARG_SRC,
              DNNL_ARG_DIFF_DST,
              DNNL_ARG_DIFF_WEIGHTS,
              DNNL_ARG_DIFF_BIAS);
    }
    backwardWeights.run(Address.of(x), Address.of(dy), Address.of(dWeights), Address.of(dBias));
  }

  private Description describeForward() {
    return new Description(
        "multiply by a matrix",
        handle ->
            dnnl_inner_product_forward_primitive_desc_create(
                handle,
                context.engine(),
                dnnl_forward_training,
                source.descriptor(),
                readWeights.descriptor(),
                bias.descriptor(),
                destination.descriptor(),
                context.attributes()));
  }

  private Description describeBackwardData() {
    return new Description(
        "multiply by a transposed matrix",
        handle ->
            dnnl_inner_product_backward_data_primitive_desc_create(
                handle,
                context.engine(),
                source.descriptor(),
                readWeights.descriptor(),
                destinationGradient.descriptor(),
                forward.description().handle(),
                context.attributes()));
  }

  private Description describeBackwardWeights() {
    return new Description(
        "take the gradient of a matrix",
        handle ->
            dnnl_inner_product_backward_weights_primitive_desc_create(
                handle,
                context.engine(),
                source.descriptor(),
                weightMatrix.descriptor(),
                bias.descriptor(),
                destinationGradient.descriptor(),
                forward.description().handle(),
                context.attributes()));
  }

  @Override
  public void close() {
    if (backwardData != null) {
      backwardData.close();
    }
    if (backwardWeights != null) {
      backwardWeights.close();
    }
    forward.close();
    source.close();
    packedWeights.close();
    weightMatrix.close();
    readWeights.close();
    bias.close();
    destination.close();
    destinationGradient.close();
  }
}
