package io.earlybird.spark.averaging;

import java.io.Serializable;

/**
 * What the driver makes of the mean of the replicas.
 *
 * <p>x_t is the shared start of a round, xbar the mean of the replicas after it, D = x_t - xbar, g
 * the learning rate of the round's last step, u the state that the step keeps (zero at first). Only
 * trainable values take part: running statistics take their mean.
 */
public sealed interface OuterStep extends Serializable {
  /** Whether the step keeps a state u. */
  boolean stateful();

  /**
   * Replaces the mean by the new shared state.
   *
   * @param start x_t
   * @param mean xbar on entry, x on return; as long as {@code start} or longer
   * @param state u, updated; as long as {@code start}, empty if the step keeps none
   * @param length values that take part, from index 0
   * @param learningRate g; where it is 0 no replica has moved, and nothing changes
   */
  void apply(float[] start, float[] mean, float[] state, int length, double learningRate);

  /** x = xbar. */
  record None() implements OuterStep {
    @Override
    public boolean stateful() {
      return false;
    }

    @Override
    public void apply(
        float[] start, float[] mean, float[] state, int length, double learningRate) {}
  }

  /**
   * u = slowMomentum * u + D / g; x = x_t - slowRate * g * u (Wang, Tantia, Ballas, Rabbat: SlowMo,
   * arXiv 1910.00643, algorithm 1).
   *
   * @param slowMomentum in [0, 1); 0.5 is usual
   * @param slowRate above 0; 1 is usual
   */
  record SlowMo(double slowMomentum, double slowRate) implements OuterStep {
    public SlowMo {
      require(slowMomentum, slowRate);
    }

    @Override
    public boolean stateful() {
      return true;
    }

    @Override
    public void apply(float[] start, float[] mean, float[] state, int length, double learningRate) {
      if (learningRate == 0) {
        return;
      }
      for (int i = 0; i < length; i++) {
        double u = slowMomentum * state[i] + ((double) start[i] - mean[i]) / learningRate;
        state[i] = (float) u;
        mean[i] = (float) (start[i] - slowRate * learningRate * u);
      }
    }
  }

  /**
   * u = momentum * u + D; x = x_t - rate * (D + momentum * u), SGD with Nesterov momentum on D
   * (Douillard and others: DiLoCo, arXiv 2311.08105, section 2).
   *
   * @param momentum in [0, 1); 0.9 is usual
   * @param rate above 0; 0.7 is usual
   */
  record Nesterov(double momentum, double rate) implements OuterStep {
    public Nesterov {
      require(momentum, rate);
    }

    @Override
    public boolean stateful() {
      return true;
    }

    @Override
    public void apply(float[] start, float[] mean, float[] state, int length, double learningRate) {
      if (learningRate == 0) {
        return;
      }
      for (int i = 0; i < length; i++) {
        double distance = (double) start[i] - mean[i];
        double u = momentum * state[i] + distance;
        state[i] = (float) u;
        mean[i] = (float) (start[i] - rate * (distance + momentum * u));
      }
    }
  }

  private static void require(double momentum, double rate) {
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException(
          "Invalid outer momentum " + momentum + ": must be in [0, 1)");
    }
    if (!(rate > 0)) {
      throw new IllegalArgumentException("Invalid outer rate " + rate + ": must be above 0");
    }
  }
}
