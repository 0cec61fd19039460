package io.earlybird.spark.round;

import io.earlybird.data.batch.ReadReport;
import io.earlybird.data.shard.ShardException;
import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.StepResult;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.spark.batches.BatchStream;
import io.earlybird.spark.batches.TrainingData;
import java.io.IOException;

/** The local steps of one replica in one round, with its counts so far. */
final class LocalRun {
  private final RoundSteps steps;
  private final StepRule rule;
  private final int index;
  private long samples;
  private double lossSum;
  private long correct;
  private long computeNanos;
  private String failure = "";

  /** Will run the steps as replica number {@code index}. */
  LocalRun(RoundSteps steps, StepRule rule, int index) {
    this.steps = steps;
    this.rule = rule;
    this.index = index;
  }

  /**
   * Runs all steps, up to the first failure that would happen again.
   *
   * @param replica loaded with the shared state; left with the state after the last step
   * @param parameters receives the values
   * @param momentum receives the momentum
   */
  ReplicaOutcome run(Replica replica, TrainingData data, Parameters parameters, Parameters momentum)
      throws IOException {
    ReadReport read = ReadReport.NONE;
    try (BatchStream batches = data.open(steps.epoch(), index, steps.from(), steps.to())) {
      while (failure.isEmpty() && batches.next()) {
        take(replica, batches.batch(), batches.step());
      }
      read = batches.report();
    } catch (ShardException e) {
      failure = e.getMessage() + " (in " + steps + ", replica " + index + ")";
    }
    if (failure.isEmpty() && samples > 0) {
      copy(replica, parameters, momentum);
    }
    return new ReplicaOutcome(samples, lossSum, correct, failure, computeNanos, read);
  }

  private void take(Replica replica, Batch batch, int step) {
    long start = System.nanoTime();
    try {
      StepResult result = replica.step(batch, rule.withLearningRate(steps.learningRate(step)));
      if (result.finite()) {
        samples += result.samples();
        lossSum += result.loss() * result.samples();
        correct += result.correct();
      } else {
        failure = "the loss is " + result.loss() + " in " + place(step);
      }
    } catch (IllegalArgumentException e) {
      failure = e.getMessage() + " in " + place(step);
    }
    computeNanos += System.nanoTime() - start;
  }

  private void copy(Replica replica, Parameters parameters, Parameters momentum) {
    long start = System.nanoTime();
    replica.readParameters(parameters);
    replica.readMomentum(momentum);
    requireFinite("value", parameters);
    requireFinite("momentum", momentum);
    computeNanos += System.nanoTime() - start;
  }

  private void requireFinite(String what, Parameters read) {
    float[] values = read.values();
    for (int i = 0; i < values.length && failure.isEmpty(); i++) {
      if (!Float.isFinite(values[i])) {
        failure = "a " + what + " has become " + values[i] + " in " + place(steps.to() - 1);
      }
    }
  }

  private String place(int step) {
    return steps + ", replica " + index + " (step " + step + " of the epoch)";
  }
}
