package io.earlybird.spark.round;

import io.earlybird.model.engine.Replica;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.spark.averaging.Averaging;
import io.earlybird.spark.averaging.Moments;
import io.earlybird.spark.averaging.ReplicaMean;
import io.earlybird.spark.averaging.Slices;
import io.earlybird.spark.averaging.StateVector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import scala.Tuple2;

/** One task of a round at work: G consecutive replicas, one after the other. */
final class TaskRun {
  private final RoundInput input;
  private final int task;
  private final long broadcastNanos;
  private final ParameterLayout layout;
  private final StateVector vector;
  private final List<ReplicaOutcome> outcomes = new ArrayList<>();
  private final ReplicaMean mean = new ReplicaMean();

  TaskRun(RoundInput input, int task, long broadcastNanos) {
    this.input = input;
    this.task = task;
    this.broadcastNanos = broadcastNanos;
    this.layout = input.layout();
    this.vector = new StateVector(layout, input.averaging().momentum());
  }

  /** Runs all replicas; the pieces by the slice that they belong to. */
  List<Tuple2<Integer, Piece>> pieces(Replica replica) throws IOException {
    Averaging averaging = input.averaging();
    Parameters parameters = Parameters.zeros(layout);
    Parameters momentum = Parameters.zeros(layout);
    for (int j = averaging.firstReplica(task); j < averaging.endReplica(task); j++) {
      replica.load(
          new Parameters(layout, input.parameterValues().values()),
          new Parameters(layout, input.momentumValues().values()));
      LocalRun run = new LocalRun(input.steps(), input.rule(), j);
      ReplicaOutcome outcome = run.run(replica, input.batches(), parameters, momentum);
      outcomes.add(outcome);
      if (outcome.failed()) {
        break;
      }
      if (outcome.samples() > 0) {
        mean.add(vector.pack(parameters, momentum), vector.moments(parameters, outcome.samples()));
      }
    }
    return cut();
  }

  private List<Tuple2<Integer, Piece>> cut() {
    String instructionSet = input.key().findEngine().instructionSet();
    TaskReport report = TaskReport.of(task, outcomes, broadcastNanos, instructionSet);
    Slices slices = input.slices();
    List<Tuple2<Integer, Piece>> pieces = new ArrayList<>();
    if (report.failed() || mean.isEmpty()) {
      Moments nothing = new Moments(0, new double[0], new double[0]);
      pieces.add(new Tuple2<>(slices.count(), new Piece.Closing(report, nothing)));
      return pieces;
    }
    float[] values = mean.values();
    float[] base = input.base();
    for (int slice = 0; slice < slices.count(); slice++) {
      byte[] bytes =
          input.averaging().wire().encode(values, base, slices.from(slice), slices.to(slice));
      pieces.add(new Tuple2<>(slice, new Piece.Slice(task, report.samples(), bytes)));
    }
    pieces.add(new Tuple2<>(slices.count(), new Piece.Closing(report, mean.moments())));
    return pieces;
  }
}
