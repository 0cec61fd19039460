package io.earlybird.spark.train;

/** Whether somebody wants the run to end before its time; asked after each round. */
@FunctionalInterface
public interface StopRequest {
  /** Whether to end after the round, with everything saved. */
  boolean made();
}
