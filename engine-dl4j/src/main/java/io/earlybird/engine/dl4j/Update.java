package io.earlybird.engine.dl4j;

import io.earlybird.model.engine.HeldMomentum;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.TensorSpec.Role;
import io.earlybird.model.parameters.HeldEntries;
import java.nio.FloatBuffer;

/**
 * The update of a step (specification 0.3 and 1.4), in float32, block by block so that the values
 * pass through the cache once.
 */
final class Update {
  private static final int BLOCK = 8192;

  private final FlatParameters flat;
  private final float[] momentum;
  private final float[] values = new float[BLOCK];
  private final float[] gradients = new float[BLOCK];
  private HeldEntries zeroed = HeldEntries.none();
  private HeldMomentum zeroedMomentum = HeldMomentum.ZERO;

  /**
   * Prepares.
   *
   * @param flat parameters and gradients
   * @param momentum in the layout of the network; changed by every update
   */
  Update(FlatParameters flat, float[] momentum) {
    this.flat = flat;
    this.momentum = momentum;
  }

  /** Says that values and momentum have been overwritten. */
  void valuesReplaced() {
    zeroed = HeldEntries.none();
  }

  /**
   * Sets held entries to zero, in value and, unless it goes on, momentum; nothing is done if
   * earlier updates have kept them so.
   */
  void hold(StepRule rule) {
    HeldEntries held = rule.held();
    if (held.equals(zeroed) && rule.heldMomentum() == zeroedMomentum) {
      return;
    }
    FloatBuffer all = flat.values();
    for (Segment segment : flat.segments()) {
      int offset = segment.entry().offset();
      for (int i = held.next(offset); i >= 0 && i < segment.entry().end(); i = held.next(i + 1)) {
        all.put(segment.flatIndex(i - offset), 0);
        if (rule.heldMomentum() == HeldMomentum.ZERO) {
          momentum[i] = 0;
        }
      }
    }
    flat.valuesChanged();
    zeroed = held;
    zeroedMomentum = rule.heldMomentum();
  }

  /**
   * Applies the rule to trainable tensors, and moves the running statistics.
   *
   * @return whether all gradients were finite
   */
  boolean apply(StepRule rule) {
    FloatBuffer allValues = flat.values();
    FloatBuffer allGradients = flat.gradients();
    boolean finite = true;
    for (Segment segment : flat.segments()) {
      if (segment.role().trainable()) {
        finite &= update(segment, rule, allValues, allGradients);
      }
    }
    return moveRunningStatistics() && finite;
  }

  /**
   * Moves the running statistics only: they have a gradient that is subtracted as it is.
   *
   * @return whether all of them are finite
   */
  boolean moveRunningStatistics() {
    FloatBuffer allValues = flat.values();
    FloatBuffer allGradients = flat.gradients();
    boolean finite = true;
    for (Segment segment : flat.segments()) {
      if (!segment.role().trainable()) {
        for (int i = segment.flatOffset(); i < segment.flatOffset() + segment.length(); i++) {
          float moved = allValues.get(i) - allGradients.get(i);
          finite &= Float.isFinite(moved);
          allValues.put(i, moved);
        }
      }
    }
    flat.valuesChanged();
    return finite;
  }

  private boolean update(
      Segment segment, StepRule rule, FloatBuffer allValues, FloatBuffer allGradients) {
    double gammaL1 = segment.role() == Role.GAMMA ? rule.gammaL1() : 0;
    boolean finite = true;
    for (int start = 0; start < segment.length(); start += BLOCK) {
      int length = Math.min(BLOCK, segment.length() - start);
      int offset = segment.entry().offset() + start;
      segment.read(allValues, start, values, 0, length);
      segment.read(allGradients, start, gradients, 0, length);
      finite &= finite(gradients, length);
      completeGradient(rule, (float) gammaL1, length);
      switch (rule.momentumForm()) {
        case HEAVY_BALL -> heavyBall(rule, offset, length);
        case NESTEROV -> nesterov(rule, offset, length);
      }
      keepZero(rule, offset, length);
      segment.write(values, 0, allValues, start, length);
    }
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
  private void completeGradient(StepRule rule, float gammaL1, int length) {
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

  private void heavyBall(StepRule rule, int offset, int length) {
    float mu = (float) rule.momentum();
    float rate = (float) rule.learningRate();
    for (int i = 0; i < length; i++) {
      float velocity = mu * momentum[offset + i] + gradients[i];
      momentum[offset + i] = velocity;
      values[i] -= rate * velocity;
    }
  }

  private void nesterov(StepRule rule, int offset, int length) {
    float mu = (float) rule.momentum();
    float rate = (float) rule.learningRate();
    for (int i = 0; i < length; i++) {
      float velocity = mu * momentum[offset + i] + gradients[i];
      momentum[offset + i] = velocity;
      values[i] -= rate * (gradients[i] + mu * velocity);
    }
  }

  private void keepZero(StepRule rule, int offset, int length) {
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
