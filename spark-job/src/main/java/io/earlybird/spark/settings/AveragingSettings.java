package io.earlybird.spark.settings;

import io.earlybird.spark.averaging.MomentumTreatment;
import io.earlybird.spark.averaging.WirePrecision;
import io.earlybird.spark.settings.Section.Range;

/**
 * Replicas and how they are joined.
 *
 * @param replicas R, logical replicas
 * @param replicasPerTask G, consecutive replicas of one task
 * @param batchSize B, of one replica
 * @param stepsPerRound H, or the least H with {@link RoundRule#QSR}
 * @param roundRule how H changes
 * @param qsrCoefficient a of H = max(stepsPerRound, floor((a / learning rate)^2))
 * @param implementation what drives the rounds
 * @param momentum what becomes of the momentum
 * @param outer step on the averaged parameters
 * @param bnRecalibrationBatches batches of each replica that re-estimate running statistics before
 *     an evaluation
 * @param wirePrecision of the values that travel
 */
public record AveragingSettings(
    int replicas,
    int replicasPerTask,
    int batchSize,
    int stepsPerRound,
    RoundRule roundRule,
    double qsrCoefficient,
    Implementation implementation,
    MomentumTreatment momentum,
    Outer outer,
    int bnRecalibrationBatches,
    WirePrecision wirePrecision) {
  /** How many steps a round has. */
  public enum RoundRule {
    FIXED,
    /** Quadratic synchronization rule: H grows as the learning rate falls. */
    QSR
  }

  /** What drives the rounds. */
  public enum Implementation {
    RESIDENT,
    DL4J_SPARK
  }

  /**
   * Outer step of a round.
   *
   * @param method which
   * @param learningRate a
   * @param momentum b in [0, 1)
   */
  public record Outer(Method method, double learningRate, double momentum) {
    /** Methods of joining. */
    public enum Method {
      NONE,
      SLOWMO,
      NESTEROV
    }

    static Outer read(Section outer) {
      return new Outer(
          outer.choice("method", Effect.IDENTITY, Method.class),
          outer.real("learning-rate", Effect.IDENTITY, Range.POSITIVE),
          outer.real("momentum", Effect.IDENTITY, Range.BELOW_ONE));
    }
  }

  static AveragingSettings read(Section averaging) {
    return new AveragingSettings(
        averaging.integer("replicas", Effect.IDENTITY, 1, 65_536),
        averaging.integer("replicas-per-task", Effect.IDENTITY, 1, 65_536),
        averaging.integer("batch-size", Effect.IDENTITY, 1, 1_000_000),
        averaging.integer("steps-per-round", Effect.IDENTITY, 1, 1_000_000),
        averaging.choice("round-rule", Effect.IDENTITY, RoundRule.class),
        averaging.real("qsr-coefficient", Effect.IDENTITY, Range.POSITIVE),
        averaging.choice("implementation", Effect.IDENTITY, Implementation.class),
        averaging.choice("momentum", Effect.IDENTITY, MomentumTreatment.class),
        Outer.read(averaging.section("outer")),
        averaging.integer("bn-recalibration-batches", Effect.IDENTITY, 0, 1_000_000),
        averaging.choice("wire-precision", Effect.IDENTITY, WirePrecision.class));
  }

  /** Samples of one step of all replicas, R * B: the batch of a recipe. */
  public long globalBatchSize() {
    return (long) replicas * batchSize;
  }

  /** Tasks of one round. */
  public int tasks() {
    return (replicas + replicasPerTask - 1) / replicasPerTask;
  }
}
