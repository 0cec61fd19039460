package io.earlybird.spark.train;

import io.earlybird.pruning.policy.History;
import io.earlybird.pruning.policy.History.EpochRecord;
import io.earlybird.pruning.policy.Plan;
import io.earlybird.pruning.policy.Plan.Decision;
import io.earlybird.pruning.policy.Policy;
import io.earlybird.pruning.policy.PolicyEvent.Pruned;
import io.earlybird.pruning.policy.PolicyEvent.Switched;
import io.earlybird.pruning.policy.PolicyEvent.TicketEmerged;
import io.earlybird.pruning.policy.Probe;
import io.earlybird.pruning.policy.Transition;
import io.earlybird.spark.averaging.EpochMean;
import io.earlybird.spark.evaluation.Score;
import io.earlybird.spark.events.Event;
import io.earlybird.spark.events.RunListener;
import io.earlybird.spark.events.RunListener.Stage;
import io.earlybird.spark.round.RoundFailedException;
import io.earlybird.spark.train.EpochAveraging.Averaged;
import io.earlybird.spark.train.RunFiles.Prepared;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The epoch loop: rounds, evaluation, the policy's decision, events and a checkpoint, and again.
 *
 * <p>Driver only.
 */
final class EpochLoop {
  private final Policy policy;
  private final Probe probe;
  private final EpochTrainer trainer;
  private final Validation validation;
  private final EpochAveraging averaging;
  private final Chronicle chronicle;
  private final RunFiles files;
  private final SaveRule saves;
  private final RunListener listener;
  private final StageClock clock = new StageClock();

  /** What a checkpoint holds: written again, it would be lost meanwhile. */
  private Optional<Position.Mark> kept = Optional.empty();

  EpochLoop(
      Policy policy,
      Probe probe,
      EpochTrainer trainer,
      Validation validation,
      EpochAveraging averaging,
      Chronicle chronicle,
      RunFiles files,
      SaveRule saves,
      RunListener listener) {
    this.policy = policy;
    this.probe = probe;
    this.trainer = trainer;
    this.validation = validation;
    this.averaging = averaging;
    this.chronicle = chronicle;
    this.files = files;
    this.saves = saves;
    this.listener = listener;
  }

  /** Trains from a position until the policy says stop, or somebody asks for it. */
  Outcome run(Position start, StopRequest stop) {
    Position position = start;
    kept = Optional.of(start.mark()).filter(Position.Mark::begun);
    Plan plan = policy.plan(position.state());
    while (plan.decision() == Decision.CONTINUE) {
      position = train(position, plan, stop);
      Optional<EpochFindings> judged =
          trainer.complete(position) ? evaluate(position, plan, stop) : Optional.empty();
      if (judged.isEmpty()) {
        save(position, plan);
        return Outcome.STOPPED;
      }
      EpochFindings findings = judged.orElseThrow();
      Optional<Averaged> averaged = average(position, findings, plan);
      Transition next = decide(position, findings);
      keepTickets(next);
      position = close(position, findings, averaged, next, scoreOfResult(findings, next));
      plan = next.plan();
    }
    return Outcome.FINISHED;
  }

  private Position train(Position start, Plan plan, StopRequest stop) {
    Position position = start;
    while (!trainer.complete(position) && !stop.made()) {
      Optional<Position> next = round(position, plan, stop);
      if (next.isEmpty()) {
        return position;
      }
      position = next.orElseThrow();
      if (!trainer.complete(position) && saves.dueInsideEpoch()) {
        save(position, plan);
      }
    }
    return position;
  }

  /**
   * If the run is asked to stop meanwhile, the position before the round is saved at once: what
   * asks may not wait for the end.
   */
  private Optional<Position> round(Position position, Plan plan, StopRequest stop) {
    return unlessStopped(
        () -> trainer.round(position, plan, () -> saveIfAsked(stop, position, plan)),
        stop,
        "The round cannot be finished (%s); the run stops with the one before it");
  }

  private Optional<EpochFindings> evaluate(Position position, Plan plan, StopRequest stop) {
    listener.stageBegan(position.state().completedEpochs() + 1, Stage.EVALUATE);
    return unlessStopped(
        () -> clock.measure(Stage.EVALUATE, () -> validation.evaluate(position, plan)),
        stop,
        "The epoch cannot be evaluated (%s); the run stops with its last round");
  }

  /**
   * Empty if the run was asked to stop meanwhile, and what asked takes away what the work needs: a
   * cluster that evicts a driver, its executors.
   */
  private <T> Optional<T> unlessStopped(Supplier<T> work, StopRequest stop, String note) {
    try {
      return Optional.of(work.get());
    } catch (RoundFailedException | TooManyBadSamplesException e) {
      throw e;
    } catch (Exception e) {
      // Spark throws exceptions that its methods do not declare, InterruptedException among them.
      if (!stop.made()) {
        throw e;
      }
      listener.noted(note.formatted(e));
      return Optional.empty();
    }
  }

  private Optional<Averaged> average(Position position, EpochFindings findings, Plan plan) {
    if (!averaging.covers(findings.state().completedEpochs())) {
      return Optional.empty();
    }
    Averaged averaged =
        clock.measure(
            Stage.EVALUATE, () -> averaging.with(position.mean(), findings.state(), plan));
    files.keepMean(averaged.state(), averaged.mean().epochs());
    return Optional.of(averaged);
  }

  private Transition decide(Position position, EpochFindings findings) {
    listener.stageBegan(findings.state().completedEpochs(), Stage.MASK);
    List<EpochRecord> epochs = new ArrayList<>(position.history().epochs());
    epochs.add(findings.record());
    return clock.measure(
        Stage.MASK, () -> policy.next(findings.state(), new History(epochs), probe));
  }

  /** The score of what the policy leaves; evaluated again if it has pruned, or ends the run so. */
  private Score scoreOfResult(EpochFindings findings, Transition next) {
    boolean pruned =
        next.events().stream()
            .anyMatch(event -> event instanceof Pruned || event instanceof Switched);
    boolean lastChange = next.decision() == Decision.STOP && !next.events().isEmpty();
    if (!pruned && !lastChange) {
      return findings.score();
    }
    listener.stageBegan(next.state().completedEpochs(), Stage.EVALUATE);
    return clock.measure(Stage.EVALUATE, () -> validation.score(next.state(), next.plan()));
  }

  private void keepTickets(Transition next) {
    next.events().stream()
        .filter(TicketEmerged.class::isInstance)
        .map(TicketEmerged.class::cast)
        .forEach(ticket -> files.keep(ticket, next.state().generation()));
  }

  /** Events are written last, because they tell what the checkpoint has taken. */
  private Position close(
      Position position,
      EpochFindings findings,
      Optional<Averaged> averaged,
      Transition next,
      Score result) {
    EpochMean mean = averaged.map(Averaged::mean).orElse(position.mean());
    Position moved = position.averaging(mean).moved(next.state());
    Optional<Prepared> prepared = prepareIfDue(moved, next.plan());
    List<Event> newest =
        chronicle.epoch(
            position.epochs(),
            findings,
            averaged.map(Averaged::event),
            next,
            result,
            clock.epoch(findings.metrics().seconds()));
    Position told = moved.telling(newest);
    prepared.ifPresent(checkpoint -> commit(checkpoint, told));
    files.show(told.events());
    newest.forEach(listener::happened);
    return told;
  }

  private Optional<Prepared> prepareIfDue(Position position, Plan plan) {
    int epochs = position.state().completedEpochs();
    if (plan.decision() == Decision.CONTINUE && !saves.dueAfterEpoch(epochs)) {
      return Optional.empty();
    }
    return Optional.of(prepare(position, plan));
  }

  private Prepared prepare(Position position, Plan plan) {
    listener.stageBegan(position.state().completedEpochs(), Stage.CHECKPOINT);
    saves.saved();
    return clock.measure(Stage.CHECKPOINT, () -> files.prepare(position, plan.schedule()));
  }

  private void saveIfAsked(StopRequest stop, Position position, Plan plan) {
    if (stop.made()) {
      save(position, plan);
    }
  }

  private void save(Position position, Plan plan) {
    if (!kept.equals(Optional.of(position.mark()))) {
      commit(prepare(position, plan), position);
    }
  }

  private void commit(Prepared prepared, Position position) {
    prepared.commit(position.events());
    kept = Optional.of(position.mark());
  }
}
