package io.earlybird.engine.dl4j.nd4j;

import io.earlybird.engine.dl4j.kernels.PoolGeometry;
import io.earlybird.engine.dl4j.kernels.PoolKernel;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@code maxpool2d}, {@code avgpool2d} and their gradients. */
final class Nd4jPool implements PoolKernel {
  private static final int EXPLICIT_PADDING = 0;
  private static final int DIVIDE_BY_VALUES = 0;
  private static final int NHWC = 1;

  private final String operation;
  private final int[] settings;

  Nd4jPool(PoolGeometry geometry) {
    operation =
        switch (geometry.kind()) {
          case MAX -> "maxpool2d";
          case AVERAGE -> "avgpool2d";
        };
    int kernel = geometry.kernel();
    int stride = geometry.stride();
    int padding = geometry.padding();
    settings =
        new int[] {
          kernel,
          kernel,
          stride,
          stride,
          padding,
          padding,
          1,
          1,
          EXPLICIT_PADDING,
          DIVIDE_BY_VALUES,
          NHWC
        };
  }

  @Override
  public long workspaceBytes() {
    return 0;
  }

  @Override
  public void forward(INDArray x, INDArray y, INDArray workspace) {
    Operation.run(operation, settings, Operation.inputs(x), y);
  }

  @Override
  public void backward(INDArray x, INDArray dy, INDArray workspace, INDArray dx) {
    Operation.run(operation + "_bp", settings, Operation.inputs(x, dy), dx);
  }
}
