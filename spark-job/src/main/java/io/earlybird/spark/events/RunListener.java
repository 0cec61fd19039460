package io.earlybird.spark.events;

import java.util.List;

/**
 * Is told by the loop what happens. Called on the driver, by one thread; it does not throw and does
 * not change the run.
 */
public interface RunListener {
  /** Stages of an epoch that take time without rounds. */
  enum Stage {
    EVALUATE,
    MASK,
    CHECKPOINT
  }

  /**
   * What is about to be trained.
   *
   * @param run its name
   * @param epochs T
   * @param completedEpochs when this attempt begins
   * @param imagesPerEpoch training samples
   * @param stepsPerEpoch I
   */
  record Start(
      String run, int epochs, int completedEpochs, long imagesPerEpoch, int stepsPerEpoch) {}

  /**
   * A round has ended.
   *
   * @param epoch that is being trained, from 1
   * @param steps of the epoch that are done
   * @param stepsPerEpoch I
   * @param meanLoss over the epoch so far
   * @param imagesPerSecond of the epoch's rounds so far
   */
  record Round(int epoch, int steps, int stepsPerEpoch, double meanLoss, double imagesPerSecond) {}

  /** Training begins or goes on. */
  default void started(Start start) {}

  /** A round has ended. */
  default void roundEnded(Round round) {}

  /** A stage of that epoch begins. */
  default void stageBegan(int epoch, Stage stage) {}

  /** Something happened that a machine is told as well. */
  default void happened(Event event) {}

  /** Something that a person should read, such as a warning; one sentence. */
  default void noted(String sentence) {}

  /**
   * The run has ended.
   *
   * @param remarks sentences of the policy
   * @param checkpoint URI of the result
   * @param validation location of the shards that the result was judged on
   */
  default void ended(List<String> remarks, String checkpoint, String validation) {}

  /** Tells several listeners, in order. */
  static RunListener all(List<RunListener> listeners) {
    return new Listeners(listeners);
  }
}
