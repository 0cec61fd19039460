package io.earlybird.engine.dl4j;

import io.earlybird.model.engine.HeldMomentum;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.TensorSpec.Role;
import io.earlybird.model.parameters.HeldEntries;

/** The update of some values at a time, which stay in the cache; for one thread and one step. */
final class BlockUpdate {
  /** Most values of a block. */
  static final int LENGTH = 8192;

  private final StepRule rule;
  private final float[] momentum;
  private final float[] values = new float[LENGTH];
  private final float[] gradients = new float[LENGTH];

  /**
   * Prepares.
   *
   * @param momentum of all values, in the layout of the network; changed at the places of blocks
   */
  BlockUpdate(StepRule rule, float[] momentum) {
    this.rule = rule;
    this.momentum = momentum;
  }

  /** Values of the block; read and replaced by {@link #apply}. */
  float[] values() {
    return values;
  }

  /** Gradients of the block; overwritten by {@link #apply}. */
  float[] gradients() {
    return gradients;
  }

  /**
   * Applies the rule.
   *
   * @param role of the tensor
   * @param offset of the block in the layout of the network
   * @return whether all gradients were finite
   */
  boolean apply(Role role, int offset, int length) {
    boolean finite = finite(gradients, length);
    completeGradient((float) (role == Role.GAMMA ? rule.gammaL1() : 0), length);
    switch (rule.momentumForm()) {
      case HEAVY_BALL -> heavyBall(offset, length);
      case NESTEROV -> nesterov(offset, length);
    }
    keepZero(offset, length);
    return finite;
  }

  /** 0 * g is 0 for a finite g and NaN for others; four sums, because one would wait for itself. */
  private static boolean finite(float[] block, int length) {
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int i = 0;
    for (; i + 3 < length; i += 4) {
      a += 0 * block[i];
      b += 0 * block[i + 1];
      c += 0 * block[i + 2];
      d += 0 * block[i + 3];
    }
    for (; i < length; i++) {
      a += 0 * block[i];
    }
    return a + b + c + d == 0;
  }

  /** g' = g / lossScale + weightDecay * w + s * sign(w). */
  private void completeGradient(float gammaL1, int length) {
    float unscale = (float) (1 / rule.lossScale());
    float decay = (float) rule.weightDecay();
    for (int i = 0; i < length; i++) {
      gradients[i] = gradients[i] * unscale + decay * values[i];
    }
    if (gammaL1 > 0) {
      for (int i = 0; i < length; i++) {
        gradients[i] += gammaL1 * Math.signum(values[i]);
      }
    }
  }

  private void heavyBall(int offset, int length) {
    float mu = (float) rule.momentum();
    float rate = (float) rule.learningRate();
    for (int i = 0; i < length; i++) {
      float velocity = mu * momentum[offset + i] + gradients[i];
      momentum[offset + i] = velocity;
      values[i] -= rate * velocity;
    }
  }

  private void nesterov(int offset, int length) {
    float mu = (float) rule.momentum();
    float rate = (float) rule.learningRate();
    for (int i = 0; i < length; i++) {
      float velocity = mu * momentum[offset + i] + gradients[i];
      momentum[offset + i] = velocity;
      values[i] -= rate * (gradients[i] + mu * velocity);
    }
  }

  private void keepZero(int offset, int length) {
    HeldEntries held = rule.held();
    if (held.isEmpty()) {
      return;
    }
    int end = offset + length;
    for (int i = held.next(offset); i >= 0 && i < end; i = held.next(i + 1)) {
      if (rule.heldMomentum() == HeldMomentum.ZERO) {
        momentum[i] = 0;
      }
      values[i - offset] = 0;
    }
  }
}
