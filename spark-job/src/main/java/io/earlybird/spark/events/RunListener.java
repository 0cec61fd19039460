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
   * @param past events of earlier attempts
   */
  record Start(
      String run,
      int epochs,
      int completedEpochs,
      long imagesPerEpoch,
      int stepsPerEpoch,
      List<Event> past) {
    public Start {
      past = List.copyOf(past);
    }
  }

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

  /**
   * What a run has come to.
   *
   * @param remarks sentences of the policy
   * @param checkpoint URI of the trained network
   * @param report URI of the page that shows the run
   * @param next commands that a person may want to go on with, as typed into a shell
   */
  record Result(List<String> remarks, String checkpoint, String report, List<String> next) {
    public Result {
      remarks = List.copyOf(remarks);
      next = List.copyOf(next);
    }
  }

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

  /** The run has ended. */
  default void ended(Result result) {}

  /** Tells several listeners, in order. */
  static RunListener all(List<RunListener> listeners) {
    return new Listeners(listeners);
  }
}
