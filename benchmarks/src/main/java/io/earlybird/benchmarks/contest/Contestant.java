package io.earlybird.benchmarks.contest;

/** One way to train a network on one batch, over and over; used by one thread. */
public interface Contestant extends AutoCloseable {
  /** One training step: forward, backward, update. Returns the mean loss before the update. */
  double train();

  /**
   * Output [N, classes] for the batch with running statistics: logits, or probabilities where the
   * classifier includes a softmax.
   */
  float[] infer();

  @Override
  void close();
}
