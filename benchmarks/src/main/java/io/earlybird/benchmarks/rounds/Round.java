package io.earlybird.benchmarks.rounds;

import io.earlybird.spark.round.RoundMetrics.Seconds;

/** One round, to be run again and again. */
interface Round {
  /** Runs it as one Spark job; where its time went, as far as it tells. */
  Seconds run();
}
