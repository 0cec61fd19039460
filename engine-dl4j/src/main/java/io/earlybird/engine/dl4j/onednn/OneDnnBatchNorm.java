package io.earlybird.engine.dl4j.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MEAN;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_VARIANCE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;
import static org.bytedeco.dnnl.global.dnnl.dnnl_backward;
import static org.bytedeco.dnnl.global.dnnl.dnnl_batch_normalization_backward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_batch_normalization_forward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_fuse_norm_relu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_global_stats;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_scale;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_shift;

import io.earlybird.engine.dl4j.kernels.Activation;
import io.earlybird.engine.dl4j.kernels.BatchNormKernel;
import io.earlybird.engine.dl4j.kernels.Dims;
import io.earlybird.model.network.BatchNorm;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Batch normalization of given extents, with the rectifier fused if it follows. */
final class OneDnnBatchNorm implements BatchNormKernel, NativeKernel {
  private static final float EPSILON = (float) BatchNorm.EPSILON;

  private final Context context;
  private final Dims dims;
  private final int flags;
  private final Layout layout;
  private final Description training;
  private final long workspaceBytes;
  private Primitive forwardTraining;
  private Primitive forwardEvaluation;
  private Primitive backward;

  OneDnnBatchNorm(Context context, Dims dims, Activation activation) {
    this.context = context;
    this.dims = dims;
    int fused =
        switch (activation) {
          case IDENTITY -> 0;
          case RELU -> dnnl_fuse_norm_relu;
        };
    this.flags = dnnl_use_scale | dnnl_use_shift | fused;
    layout = Layout.activations(context.type(), dims);
    training = describeForward(dnnl_forward_training, flags);
    workspaceBytes = training.bytesOf(DNNL_ARG_WORKSPACE);
  }

  @Override
  public long workspaceBytes() {
    return workspaceBytes;
  }

  @Override
  public void forwardTraining(
      INDArray x,
      INDArray gamma,
      INDArray beta,
      INDArray y,
      INDArray mean,
      INDArray variance,
      INDArray workspace) {
    if (forwardTraining == null) {
      forwardTraining =
          new Primitive(
              context,
              describeForward(dnnl_forward_training, flags),
              withWorkspace(
                  DNNL_ARG_SRC,
                  DNNL_ARG_SCALE,
                  DNNL_ARG_SHIFT,
                  DNNL_ARG_DST,
                  DNNL_ARG_MEAN,
                  DNNL_ARG_VARIANCE));
    }
    forwardTraining.run(addresses(workspace, x, gamma, beta, y, mean, variance));
  }

  @Override
  public void forwardEvaluation(
      INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y) {
    if (forwardEvaluation == null) {
      forwardEvaluation =
          new Primitive(
              context,
              describeForward(dnnl_forward_inference, flags | dnnl_use_global_stats),
              DNNL_ARG_SRC,
              DNNL_ARG_SCALE,
              DNNL_ARG_SHIFT,
              DNNL_ARG_DST,
              DNNL_ARG_MEAN,
              DNNL_ARG_VARIANCE);
    }
    forwardEvaluation.run(
        Address.of(x),
        Address.of(gamma),
        Address.of(beta),
        Address.of(y),
        Address.of(mean),
        Address.of(variance));
  }

  @Override
  public void runningSteps(
      Forward forward,
      INDArray runningMean,
      INDArray runningVariance,
      INDArray meanStep,
      INDArray varianceStep) {
    RunningSteps.ofMean(forward.mean(), runningMean, meanStep);
    RunningSteps.ofVariance(
        forward.variance(), dims.valuesPerChannel(), runningVariance, varianceStep);
  }

  @Override
  public void backward(Forward forward, INDArray dy, INDArray dx, INDArray dGamma, INDArray dBeta) {
    if (backward == null) {
      backward =
          new Primitive(
              context,
              describeBackward(),
              withWorkspace(
                  DNNL_ARG_SRC,
                  DNNL_ARG_SCALE,
                  DNNL_ARG_MEAN,
                  DNNL_ARG_VARIANCE,
                  DNNL_ARG_DIFF_DST,
                  DNNL_ARG_DIFF_SRC,
                  DNNL_ARG_DIFF_SCALE,
                  DNNL_ARG_DIFF_SHIFT));
    }
    backward.run(
        addresses(
            forward.workspace(),
            forward.x(),
            forward.gamma(),
            forward.mean(),
            forward.variance(),
            dy,
            dx,
            dGamma,
            dBeta));
  }

  private int[] withWorkspace(int... ids) {
    if (workspaceBytes == 0) {
      return ids;
    }
    int[] all = Arrays.copyOf(ids, ids.length + 1);
    all[ids.length] = DNNL_ARG_WORKSPACE;
    return all;
  }

  private long[] addresses(INDArray workspace, INDArray... arrays) {
    long[] all = new long[arrays.length + (workspaceBytes == 0 ? 0 : 1)];
    for (int i = 0; i < arrays.length; i++) {
      all[i] = Address.of(arrays[i]);
    }
    if (workspaceBytes > 0) {
      all[arrays.length] = Address.of(workspace);
    }
    return all;
  }

  private Description describeForward(int kind, int allFlags) {
    return new Description(
        "normalize " + dims,
        handle ->
            dnnl_batch_normalization_forward_primitive_desc_create(
                handle,
                context.engine(),
                kind,
                layout.descriptor(),
                layout.descriptor(),
                EPSILON,
                allFlags,
                context.attributes()));
  }

  private Description describeBackward() {
    return new Description(
        "normalize backward " + dims,
        handle ->
            dnnl_batch_normalization_backward_primitive_desc_create(
                handle,
                context.engine(),
                dnnl_backward,
                layout.descriptor(),
                layout.descriptor(),
                layout.descriptor(),
                EPSILON,
                flags,
                training.handle(),
                context.attributes()));
  }

  @Override
  public void close() {
    if (forwardTraining != null) {
      forwardTraining.close();
    }
    if (forwardEvaluation != null) {
      forwardEvaluation.close();
    }
    if (backward != null) {
      backward.close();
    }
    training.close();
    layout.close();
  }
}
