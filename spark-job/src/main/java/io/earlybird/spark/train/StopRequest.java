package io.earlybird.spark.train;

/**
 * Whether somebody wants the run to end before its time; asked after each round, and a few times a
 * second while one runs.
 */
@FunctionalInterface
public interface StopRequest {
  /** Whether to end after the round, with everything saved. */
  boolean made();
}
