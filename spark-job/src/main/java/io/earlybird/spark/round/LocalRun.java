package io.earlybird.spark.round;

import io.earlybird.data.batch.ReadReport;
import io.earlybird.data.shard.ShardException;
import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.StepResult;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.spark.averaging.State;
import io.earlybird.spark.batches.BatchStream;
import io.earlybird.spark.batches.TrainingData;
import java.io.IOException;
import java.util.function.Supplier;

/** The local steps of one replica in one round, with its counts so far. */
final class LocalRun {
  private static final int INFINITY = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

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
   * @param replica may hold any state before; left with the state after the last step
   * @param shared state that the steps begin with
   * @param result tells what receives the state afterwards; asked only if there were samples
   */
  ReplicaOutcome run(Replica replica, State shared, TrainingData data, Supplier<State> result)
      throws IOException {
    load(replica, shared);
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
      read(replica, result.get());
    }
    return new ReplicaOutcome(samples, lossSum, correct, failure, computeNanos, read);
  }

  private void take(Replica replica, Batch batch, int step) {
    long start = System.nanoTime();
    try {
      StepResult result = replica.step(batch, ruleOf(step));
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

  private StepRule ruleOf(int step) {
    return steps
        .rule(rule, step)
        .withQuantization(rule.quantization().at(steps.epoch(), step, index));
  }

  private void load(Replica replica, State shared) {
    long start = System.nanoTime();
    replica.load(shared.parameters(), shared.momentum());
    computeNanos += System.nanoTime() - start;
  }

  private void read(Replica replica, State result) {
    long start = System.nanoTime();
    replica.readParameters(result.parameters());
    replica.readMomentum(result.momentum());
    requireFinite("value", result.parameters());
    requireFinite("momentum", result.momentum());
    computeNanos += System.nanoTime() - start;
  }

  private void requireFinite(String what, Parameters read) {
    float[] values = read.values();
    if (largestMagnitude(values) < INFINITY) {
      return;
    }
    for (int i = 0; i < values.length && failure.isEmpty(); i++) {
      if (!Float.isFinite(values[i])) {
        failure = "a " + what + " has become " + values[i] + " in " + place(steps.to() - 1);
      }
    }
  }

  /** As bits; those of infinity, or more, if some value is not finite. */
  private static int largestMagnitude(float[] values) {
    int largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Float.floatToRawIntBits(value) & Integer.MAX_VALUE);
    }
    return largest;
  }

  private String place(int step) {
    return steps + ", replica " + index + " (step " + step + " of the epoch)";
  }
}
