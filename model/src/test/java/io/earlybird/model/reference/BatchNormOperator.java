package io.earlybird.model.reference;

import io.earlybird.model.engine.Mode;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Shape;
import io.earlybird.model.parameters.ParameterLayout;

/** Batch normalization, exactly as specification 0.4. */
final class BatchNormOperator implements Operator {
  private final BatchNorm node;
  private final Shape shape;
  private final int gamma;
  private final int beta;
  private final int runningMean;
  private final int runningVariance;

  BatchNormOperator(BatchNorm node, Network network, ParameterLayout layout) {
    this.node = node;
    this.shape = network.shape(node.name());
    this.gamma = layout.entry(node.gamma()).offset();
    this.beta = layout.entry(node.beta()).offset();
    this.runningMean = layout.entry(node.runningMean()).offset();
    this.runningVariance = layout.entry(node.runningVariance()).offset();
  }

  /** Mean and biased variance of one channel. */
  private record Moments(double mean, double variance) {
    double inverseDeviation() {
      return 1 / Math.sqrt(variance + BatchNorm.EPSILON);
    }
  }

  @Override
  public double[] forward(Pass pass) {
    double[] x = pass.output(node.source());
    double[] y = new double[x.length];
    for (int c = 0; c < shape.channels(); c++) {
      Moments moments = moments(pass, c);
      double scale = pass.values()[gamma + c];
      double shift = pass.values()[beta + c];
      for (int n = 0; n < pass.samples(); n++) {
        int start = start(n, c);
        for (int i = start; i < start + shape.pixels(); i++) {
          y[i] = scale * (x[i] - moments.mean()) * moments.inverseDeviation() + shift;
        }
      }
    }
    return y;
  }

  @Override
  public void backward(Pass pass, double[] gradient) {
    double[] x = pass.output(node.source());
    double[] dx = pass.gradient(node.source());
    double count = count(pass);
    for (int c = 0; c < shape.channels(); c++) {
      Moments moments = batchMoments(pass, c);
      double inverse = moments.inverseDeviation();
      double sum = 0;
      double product = 0;
      for (int n = 0; n < pass.samples(); n++) {
        int start = start(n, c);
        for (int i = start; i < start + shape.pixels(); i++) {
          sum += gradient[i];
          product += gradient[i] * (x[i] - moments.mean()) * inverse;
        }
      }
      pass.parameterGradient()[beta + c] += sum;
      pass.parameterGradient()[gamma + c] += product;
      double scale = pass.values()[gamma + c] * inverse;
      for (int n = 0; n < pass.samples(); n++) {
        int start = start(n, c);
        for (int i = start; i < start + shape.pixels(); i++) {
          double normalized = (x[i] - moments.mean()) * inverse;
          dx[i] += scale * (gradient[i] - sum / count - normalized * product / count);
        }
      }
    }
  }

  /** Moves the running statistics in {@code values} towards those of the batch. */
  void updateRunningStatistics(Pass pass, double[] values) {
    double count = count(pass);
    double factor = BatchNorm.RUNNING_FACTOR;
    for (int c = 0; c < shape.channels(); c++) {
      Moments batch = batchMoments(pass, c);
      double unbiased = batch.variance() * count / (count - 1);
      int mean = runningMean + c;
      int variance = runningVariance + c;
      values[mean] = (1 - factor) * values[mean] + factor * batch.mean();
      values[variance] = (1 - factor) * values[variance] + factor * unbiased;
    }
  }

  private Moments moments(Pass pass, int c) {
    if (pass.mode() == Mode.TRAINING) {
      return batchMoments(pass, c);
    }
    return new Moments(pass.values()[runningMean + c], pass.values()[runningVariance + c]);
  }

  private Moments batchMoments(Pass pass, int c) {
    double[] x = pass.output(node.source());
    double sum = 0;
    for (int n = 0; n < pass.samples(); n++) {
      int start = start(n, c);
      for (int i = start; i < start + shape.pixels(); i++) {
        sum += x[i];
      }
    }
    double mean = sum / count(pass);
    double squares = 0;
    for (int n = 0; n < pass.samples(); n++) {
      int start = start(n, c);
      for (int i = start; i < start + shape.pixels(); i++) {
        squares += (x[i] - mean) * (x[i] - mean);
      }
    }
    return new Moments(mean, squares / count(pass));
  }

  /** Values per channel in the batch, n = N * H * W. */
  private double count(Pass pass) {
    int count = pass.samples() * shape.pixels();
    if (count == 1) {
      throw new IllegalArgumentException(
          "Cannot train batch norm "
              + node.name()
              + " on a batch of 1 image of shape "
              + shape
              + ": one value per channel has no variance; use larger batches or images");
    }
    return count;
  }

  private int start(int sample, int channel) {
    return (sample * shape.channels() + channel) * shape.pixels();
  }
}
