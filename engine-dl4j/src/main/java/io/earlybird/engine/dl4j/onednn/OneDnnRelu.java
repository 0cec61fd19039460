package io.earlybird.engine.dl4j.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_backward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_forward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_relu_use_dst_for_bwd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;

import io.earlybird.engine.dl4j.kernels.Dims;
import io.earlybird.engine.dl4j.kernels.ReluKernel;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Rectifier of given extents; its gradient is taken from the output. */
final class OneDnnRelu implements ReluKernel, NativeKernel {
  private final Context context;
  private final Dims dims;
  private final Layout layout;
  private final Primitive forward;
  private Primitive backward;

  OneDnnRelu(Context context, Dims dims) {
    this.context = context;
    this.dims = dims;
    layout = Layout.activations(context.type(), dims);
    forward = new Primitive(context, describeForward(), DNNL_ARG_SRC, DNNL_ARG_DST);
  }

  @Override
  public void forward(INDArray x, INDArray y) {
    forward.run(Address.of(x), Address.of(y));
  }

  @Override
  public void backward(INDArray y, INDArray dy, INDArray dx) {
    if (backward == null) {
      backward =
          new Primitive(
              context, describeBackward(), DNNL_ARG_DST, DNNL_ARG_DIFF_DST, DNNL_ARG_DIFF_SRC);
    }
    backward.run(Address.of(y), Address.of(dy), Address.of(dx));
  }

  private Description describeForward() {
    return new Description(
        "rectify " + dims,
        handle ->
            dnnl_eltwise_forward_primitive_desc_create(
                handle,
                context.engine(),
                dnnl_forward_training,
                dnnl_eltwise_relu_use_dst_for_bwd,
                layout.descriptor(),
                layout.descriptor(),
                0,
                0,
                context.attributes()));
  }

  private Description describeBackward() {
    return new Description(
        "rectify backward " + dims,
        handle ->
            dnnl_eltwise_backward_primitive_desc_create(
                handle,
                context.engine(),
                dnnl_eltwise_relu_use_dst_for_bwd,
                layout.descriptor(),
                layout.descriptor(),
                layout.descriptor(),
                0,
                0,
                forward.description().handle(),
                context.attributes()));
  }

  @Override
  public void close() {
    if (backward != null) {
      backward.close();
    }
    forward.close();
    layout.close();
  }
}
