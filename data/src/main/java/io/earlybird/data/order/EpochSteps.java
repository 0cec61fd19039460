package io.earlybird.data.order;

import java.io.Serializable;

/**
 * How an epoch of D samples is cut into steps and dealt to replicas.
 *
 * <p>There are ceil(D / (R B)) steps; step t takes positions t R B to min((t + 1) R B, D) - 1 of
 * the order, and of these replica j takes those with position = j (mod R). The last step is
 * smaller; some replicas may have no sample in it.
 *
 * @param samples D, at least 1
 * @param replicas R, at least 1
 * @param batchSize B, at least 1
 */
public record EpochSteps(long samples, int replicas, int batchSize) implements Serializable {
  public EpochSteps {
    if (samples < 1 || replicas < 1 || batchSize < 1) {
      throw new IllegalArgumentException(
          "Invalid steps: "
              + samples
              + " samples, "
              + replicas
              + " replicas, batch "
              + batchSize
              + "; each must be at least 1");
    }
    if ((samples - 1) / ((long) replicas * batchSize) >= Integer.MAX_VALUE) {
      throw new IllegalArgumentException("Invalid steps: " + samples + " samples are too many");
    }
  }

  /** Samples that all replicas take in a full step, R B. */
  public long jointBatchSize() {
    return (long) replicas * batchSize;
  }

  /** Number of steps, I. */
  public int count() {
    return (int) ((samples + jointBatchSize() - 1) / jointBatchSize());
  }

  /** Samples that replica {@code replica} takes in step {@code step}; 0 to B. */
  public int batchSize(int step, int replica) {
    checkIndex(step, replica);
    long left = samples - step * jointBatchSize() - replica;
    return (int) Math.max(0, Math.min(batchSize, (left + replicas - 1) / replicas));
  }

  /** Samples that replica {@code replica} takes in steps [from, to). */
  public long samples(int from, int to, int replica) {
    long sum = 0;
    for (int step = from; step < to; step++) {
      sum += batchSize(step, replica);
    }
    return sum;
  }

  /** Position in the order of the {@code i}-th sample of a replica's batch. */
  public long position(int step, int replica, int i) {
    checkIndex(step, replica);
    return step * jointBatchSize() + (long) i * replicas + replica;
  }

  private void checkIndex(int step, int replica) {
    if (step < 0 || step >= count() || replica < 0 || replica >= replicas) {
      throw new IllegalArgumentException(
          "No step "
              + step
              + " of replica "
              + replica
              + ": there are "
              + count()
              + " steps and "
              + replicas
              + " replicas");
    }
  }
}
