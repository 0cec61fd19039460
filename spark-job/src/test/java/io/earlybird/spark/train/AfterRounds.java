package io.earlybird.spark.train;

import io.earlybird.spark.events.RunListener;

/** Asks a run to stop after so many rounds, however often it is asked. */
final class AfterRounds implements StopRequest, RunListener {
  private final int rounds;
  private int ended;

  AfterRounds(int rounds) {
    this.rounds = rounds;
  }

  @Override
  public void roundEnded(Round round) {
    ended++;
  }

  @Override
  public boolean made() {
    return ended >= rounds;
  }
}
