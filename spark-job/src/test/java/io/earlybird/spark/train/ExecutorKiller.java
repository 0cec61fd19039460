package io.earlybird.spark.train;

import io.earlybird.spark.events.RunListener;

/** Kills one executor process of a {@code local-cluster}, once. */
final class ExecutorKiller implements RunListener {
  private final int epoch;
  private final boolean betweenEpochs;
  private int killed;

  private ExecutorKiller(int epoch, boolean betweenEpochs) {
    this.epoch = epoch;
    this.betweenEpochs = betweenEpochs;
  }

  /** When the first round of an epoch has ended and the second begins. */
  static ExecutorKiller inARoundOfEpoch(int epoch) {
    return new ExecutorKiller(epoch, false);
  }

  /** When the policy is about to be asked after an epoch, and what it measures begins. */
  static ExecutorKiller whenThePolicyIsAskedAfter(int epoch) {
    return new ExecutorKiller(epoch, true);
  }

  /** Number of executors that are gone. */
  int killed() {
    return killed;
  }

  @Override
  public void roundEnded(Round round) {
    if (!betweenEpochs && round.epoch() == epoch) {
      kill();
    }
  }

  @Override
  public void stageBegan(int completed, Stage stage) {
    if (betweenEpochs && completed == epoch && stage == Stage.MASK) {
      kill();
    }
  }

  private void kill() {
    if (killed == 0) {
      ProcessHandle.current()
          .children()
          .filter(process -> process.info().command().orElse("").endsWith("java"))
          .findFirst()
          .filter(ProcessHandle::destroyForcibly)
          .ifPresent(process -> killed++);
    }
  }
}
