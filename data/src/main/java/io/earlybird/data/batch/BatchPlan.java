package io.earlybird.data.batch;

import io.earlybird.data.order.SampleId;

/** Which samples the batches of a reader hold; used by one thread at a time. */
interface BatchPlan {
  int firstStep();

  /** The step after the last. */
  int endStep();

  /** Largest number of samples in a step. */
  int maxSize();

  /** Number of samples in a step; a step without samples is left out. */
  int size(int step);

  /** The {@code i}-th sample of a step. */
  SampleId sample(int step, int i);

  /** How images become pixels. */
  Treatment treatment();
}
