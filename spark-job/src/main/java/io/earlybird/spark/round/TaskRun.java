package io.earlybird.spark.round;

import io.earlybird.model.engine.Replica;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.spark.averaging.Averaging;
import io.earlybird.spark.averaging.Moments;
import io.earlybird.spark.averaging.ReplicaMean;
import io.earlybird.spark.averaging.Slices;
import io.earlybird.spark.averaging.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import scala.Tuple2;

/** One task of a round at work: G consecutive replicas, one after the other. */
final class TaskRun {
  private final RoundInput input;
  private final int task;
  private final long broadcastNanos;
  private final State shared;
  private final ReplicaMean mean;
  private final RoundBase base;
  private final List<ReplicaOutcome> outcomes = new ArrayList<>();

  TaskRun(RoundInput input, int task, long broadcastNanos) {
    this.input = input;
    this.task = task;
    this.broadcastNanos = broadcastNanos;
    ParameterLayout layout = input.layout();
    this.shared = input.state(layout);
    Averaging averaging = input.averaging();
    int replicas = averaging.endReplica(task) - averaging.firstReplica(task);
    this.mean = new ReplicaMean(input.vector(layout), replicas);
    this.base = RoundBase.of(input, layout);
  }

  /** Runs all replicas; the pieces by the slice that they belong to. */
  List<Tuple2<Integer, Piece>> pieces(Replica replica) throws IOException {
    Averaging averaging = input.averaging();
    for (int j = averaging.firstReplica(task); j < averaging.endReplica(task); j++) {
      LocalRun run = new LocalRun(input.steps(), input.rule(), j);
      ReplicaOutcome outcome = run.run(replica, shared, input.batches(), mean::next);
      outcomes.add(outcome);
      if (outcome.failed()) {
        break;
      }
      if (outcome.samples() > 0) {
        mean.add(outcome.samples());
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
    for (int slice = 0; slice < slices.count(); slice++) {
      MeanSource source =
          new MeanSource(
              mean, base, input.averaging().wire(), slices.from(slice), slices.to(slice));
      WireSlice values = new WireSlice(source);
      pieces.add(new Tuple2<>(slice, new Piece.Slice(task, report.samples(), values)));
    }
    pieces.add(new Tuple2<>(slices.count(), new Piece.Closing(report, mean.moments())));
    return pieces;
  }
}
