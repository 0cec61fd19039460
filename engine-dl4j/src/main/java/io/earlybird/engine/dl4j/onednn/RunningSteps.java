package io.earlybird.engine.dl4j.onednn;

import io.earlybird.model.network.BatchNorm;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a training pass subtracts from running statistics. In Java: a few hundred numbers take less
 * time than the calls of ND4J's operations on them.
 */
final class RunningSteps {
  private static final float FACTOR = (float) BatchNorm.RUNNING_FACTOR;

  private RunningSteps() {}

  /** 0.1 * (running - batch). */
  static void ofMean(INDArray batch, INDArray running, INDArray step) {
    write(batch, 1, running, step);
  }

  /** 0.1 * (running - batch), with the unbiased variance of so many values. */
  static void ofVariance(INDArray biased, long values, INDArray running, INDArray step) {
    write(biased, (float) (values / (values - 1.0)), running, step);
  }

  private static void write(INDArray batch, float scale, INDArray running, INDArray step) {
    FloatBuffer from = Address.buffer(batch);
    FloatBuffer current = Address.buffer(running);
    FloatBuffer target = Address.buffer(step);
    for (int i = 0; i < target.capacity(); i++) {
      target.put(i, (current.get(i) - from.get(i) * scale) * FACTOR);
    }
  }
}
