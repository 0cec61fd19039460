package io.earlybird.spark.averaging;

/** What becomes of the replicas' momentum at the end of a round. */
public enum MomentumTreatment {
  /** It is averaged like the parameters. */
  AVERAGE,
  /** Every round starts with momentum zero. */
  RESET
}
