package io.earlybird.engine.dl4j.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_avg_exclude_padding;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_backward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_forward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_max;

import io.earlybird.engine.dl4j.kernels.PoolGeometry;
import io.earlybird.engine.dl4j.kernels.PoolKernel;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Pooling of one geometry; the workspace of a max pool says where each maximum was. */
final class OneDnnPool implements PoolKernel, NativeKernel {
  private static final long[] NO_DILATION = {0, 0};

  private final Context context;
  private final PoolGeometry geometry;
  private final int algorithm;
  private final long[] kernel;
  private final long[] strides;
  private final long[] padding;
  private final Layout source;
  private final Layout destination;
  private final long workspaceBytes;
  private final Primitive forward;
  private Primitive backward;

  OneDnnPool(Context context, PoolGeometry geometry) {
    this.context = context;
    this.geometry = geometry;
    algorithm =
        switch (geometry.kind()) {
          case MAX -> dnnl_pooling_max;
          case AVERAGE -> dnnl_pooling_avg_exclude_padding;
        };
    kernel = new long[] {geometry.kernel(), geometry.kernel()};
    strides = new long[] {geometry.stride(), geometry.stride()};
    padding = new long[] {geometry.padding(), geometry.padding()};
    source = Layout.activations(context.type(), geometry.input());
    destination = Layout.activations(context.type(), geometry.output());
    Description description = describeForward();
    workspaceBytes = description.bytesOf(DNNL_ARG_WORKSPACE);
    forward =
        workspaceBytes > 0
            ? new Primitive(context, description, DNNL_ARG_SRC, DNNL_ARG_DST, DNNL_ARG_WORKSPACE)
            : new Primitive(context, description, DNNL_ARG_SRC, DNNL_ARG_DST);
  }

  @Override
  public long workspaceBytes() {
    return workspaceBytes;
  }

  @Override
  public void forward(INDArray x, INDArray y, INDArray workspace) {
    if (workspaceBytes > 0) {
      forward.run(Address.of(x), Address.of(y), Address.of(workspace));
    } else {
      forward.run(Address.of(x), Address.of(y));
    }
  }

  @Override
  public void backward(INDArray x, INDArray dy, INDArray workspace, INDArray dx) {
    if (backward == null) {
      backward =
          workspaceBytes > 0
              ? new Primitive(
                  context,
                  describeBackward(),
                  DNNL_ARG_DIFF_DST,
                  DNNL_ARG_DIFF_SRC,
                  DNNL_ARG_WORKSPACE)
              : new Primitive(context, describeBackward(), DNNL_ARG_DIFF_DST, DNNL_ARG_DIFF_SRC);
    }
    if (workspaceBytes > 0) {
      backward.run(Address.of(dy), Address.of(dx), Address.of(workspace));
    } else {
      backward.run(Address.of(dy), Address.of(dx));
    }
  }

  private Description describeForward() {
    return new Description(
        "pool with " + geometry,
        handle ->
            dnnl_pooling_forward_primitive_desc_create(
                handle,
                context.engine(),
                dnnl_forward_training,
                algorithm,
                source.descriptor(),
                destination.descriptor(),
                strides,
                kernel,
                NO_DILATION,
                padding,
                padding,
                context.attributes()));
  }

  private Description describeBackward() {
    return new Description(
        "pool backward with " + geometry,
        handle ->
            dnnl_pooling_backward_primitive_desc_create(
                handle,
                context.engine(),
                algorithm,
                source.descriptor(),
                destination.descriptor(),
                strides,
                kernel,
                NO_DILATION,
                padding,
                padding,
                forward.description().handle(),
                context.attributes()));
  }

  @Override
  public void close() {
    if (backward != null) {
      backward.close();
    }
    forward.close();
    source.close();
    destination.close();
  }
}
