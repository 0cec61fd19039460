package io.earlybird.engine.dl4j.nd4j;

import io.earlybird.engine.dl4j.kernels.Activation;
import io.earlybird.engine.dl4j.kernels.BatchNormKernel;
import io.earlybird.engine.dl4j.kernels.Dims;
import io.earlybird.model.network.BatchNorm;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** {@code batchnorm} and {@code batchnorm_bp} on statistics from reductions. */
final class Nd4jBatchNorm implements BatchNormKernel {
  /** Scale, shift, channels on the last axis. */
  private static final int[] SETTINGS = {1, 1, 3};

  private final Activation activation;

  Nd4jBatchNorm(Activation activation) {
    this.activation = activation;
  }

  @Override
  public long workspaceBytes() {
    return 0;
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
    mean.assign(x.mean(0, 1, 2));
    variance.assign(x.var(false, 0, 1, 2));
    forwardEvaluation(x, gamma, beta, mean, variance, y);
  }

  @Override
  public void forwardEvaluation(
      INDArray x, INDArray gamma, INDArray beta, INDArray mean, INDArray variance, INDArray y) {
    Operation.run(
        "batchnorm",
        BatchNorm.EPSILON,
        SETTINGS,
        Operation.inputs(x, mean, variance, gamma, beta),
        y);
    Nd4jRelu.apply(activation, y);
  }

  @Override
  public void runningSteps(
      Forward forward,
      INDArray runningMean,
      INDArray runningVariance,
      INDArray meanStep,
      INDArray varianceStep) {
    long n = Dims.of(forward.x().shape()).valuesPerChannel();
    runningMean.sub(forward.mean(), meanStep);
    meanStep.muli(BatchNorm.RUNNING_FACTOR);
    forward.variance().mul(n / (n - 1.0), varianceStep);
    runningVariance.sub(varianceStep, varianceStep);
    varianceStep.muli(BatchNorm.RUNNING_FACTOR);
  }

  @Override
  public void backward(Forward forward, INDArray dy, INDArray dx, INDArray dGamma, INDArray dBeta) {
    INDArray given = dx == dy ? dy.dup('c') : dy;
    INDArray normalizedGradient = Nd4jRelu.gradient(activation, forward.y(), given);
    INDArray unused = Nd4j.createUninitialized(forward.mean().shape());
    INDArray unusedToo = Nd4j.createUninitialized(forward.mean().shape());
    Operation.run(
        "batchnorm_bp",
        BatchNorm.EPSILON,
        SETTINGS,
        Operation.inputs(
            forward.x(),
            forward.mean(),
            forward.variance(),
            forward.gamma(),
            forward.beta(),
            normalizedGradient),
        dx,
        unused,
        unusedToo,
        dGamma,
        dBeta);
  }
}
