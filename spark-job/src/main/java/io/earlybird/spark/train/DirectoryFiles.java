package io.earlybird.spark.train;

import io.earlybird.data.batch.ReadReport;
import io.earlybird.pruning.policy.PolicyEvent.TicketEmerged;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.pruning.schedule.Schedule;
import io.earlybird.spark.averaging.FloatVector;
import io.earlybird.spark.events.Event;
import io.earlybird.spark.events.RunListener;
import io.earlybird.spark.round.RoundMetrics;
import io.earlybird.spark.round.RoundMetrics.Seconds;
import io.earlybird.spark.run.Checkpoint;
import io.earlybird.spark.run.Checkpoints;
import io.earlybird.spark.run.PartialEpoch;
import io.earlybird.spark.run.RunDirectory;
import io.earlybird.spark.run.Tickets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Files of a run in its directory.
 *
 * @param directory of the run
 * @param checkpoints in it
 * @param tickets in it
 * @param listener is told of checkpoints that are passed over
 */
public record DirectoryFiles(
    RunDirectory directory, Checkpoints checkpoints, Tickets tickets, RunListener listener)
    implements RunFiles {
  @Override
  public Optional<Position> newest() {
    return checkpoints.newest(listener::noted).map(DirectoryFiles::position);
  }

  @Override
  public Prepared prepare(Position position, Schedule schedule) {
    Checkpoints.Pending pending =
        checkpoints.prepare(
            position.state(),
            partial(position.progress()),
            position.outer().values(),
            position.mean(),
            schedule,
            position.instructionSets());
    return pending::commit;
  }

  @Override
  public void show(List<Event> events) {
    directory.writeEvents(events);
  }

  @Override
  public void keep(TicketEmerged ticket, int generation) {
    tickets.save(ticket, generation);
  }

  @Override
  public void keepMean(TrainingState averaged, int epochs) {
    tickets.saveMean(averaged, epochs);
  }

  private static Position position(Checkpoint checkpoint) {
    return new Position(
        checkpoint.state(),
        progress(checkpoint.partial()),
        new FloatVector(checkpoint.outer()),
        checkpoint.mean(),
        checkpoint.events(),
        checkpoint.instructionSets());
  }

  private static PartialEpoch partial(EpochProgress progress) {
    RoundMetrics metrics = progress.metrics();
    Seconds seconds = metrics.seconds();
    return new PartialEpoch(
        progress.round(),
        progress.step(),
        metrics.samples(),
        metrics.lossSum(),
        metrics.correct(),
        metrics.read().badSamples(),
        new TreeMap<>(
            Map.of(
                "total", seconds.total(),
                "compute", seconds.compute(),
                "data", seconds.data(),
                "broadcast", seconds.broadcast(),
                "average", seconds.average())));
  }

  private static EpochProgress progress(PartialEpoch partial) {
    if (!partial.begun()) {
      return EpochProgress.none();
    }
    Map<String, Double> seconds = partial.seconds();
    RoundMetrics metrics =
        new RoundMetrics(
            partial.samples(),
            partial.lossSum(),
            partial.correct(),
            new ReadReport(partial.samples(), partial.undecodable(), List.of(), 0, 0),
            new Seconds(
                seconds.get("total"),
                seconds.get("compute"),
                seconds.get("data"),
                seconds.get("broadcast"),
                seconds.get("average")),
            Set.of());
    return new EpochProgress(partial.steps(), partial.rounds(), metrics);
  }
}
