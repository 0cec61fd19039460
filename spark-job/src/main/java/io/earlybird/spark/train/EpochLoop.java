package io.earlybird.spark.train;

import io.earlybird.pruning.policy.History;
import io.earlybird.pruning.policy.History.EpochRecord;
import io.earlybird.pruning.policy.Plan;
import io.earlybird.pruning.policy.Plan.Decision;
import io.earlybird.pruning.policy.Policy;
import io.earlybird.pruning.policy.PolicyEvent;
import io.earlybird.pruning.policy.PolicyEvent.TicketEmerged;
import io.earlybird.pruning.policy.Probe;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.pruning.policy.Transition;
import io.earlybird.spark.averaging.FloatVector;
import io.earlybird.spark.events.Event;
import io.earlybird.spark.events.RunListener;
import io.earlybird.spark.events.RunListener.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * The epoch loop: rounds, evaluation, the policy's decision, a checkpoint, and again.
 *
 * <p>Goes on from the newest checkpoint, inside an epoch too. Driver only.
 */
public final class EpochLoop {
  private final Policy policy;
  private final Probe probe;
  private final EpochTrainer trainer;
  private final Validation validation;
  private final Chronicle chronicle;
  private final SaveRule saves;
  private final RunListener listener;
  private final StopRequest stop;
  private final StageClock clock = new StageClock();

  EpochLoop(
      Policy policy,
      Probe probe,
      EpochTrainer trainer,
      Validation validation,
      Chronicle chronicle,
      SaveRule saves,
      RunListener listener,
      StopRequest stop) {
    this.policy = policy;
    this.probe = probe;
    this.trainer = trainer;
    this.validation = validation;
    this.chronicle = chronicle;
    this.saves = saves;
    this.listener = listener;
    this.stop = stop;
  }

  /** Trains from this position until the policy says stop, or somebody else does. */
  Outcome run(Position start) {
    Position position = start;
    Plan plan = policy.plan(position.state());
    while (plan.decision() == Decision.CONTINUE) {
      position = train(position, plan);
      if (!trainer.complete(position)) {
        save(position);
        return Outcome.STOPPED;
      }
      EpochFindings findings = evaluate(position, plan);
      Transition next = decide(position, findings);
      position = record(position, findings, next);
      plan = next.plan();
      saveIfDue(position, plan);
    }
    return Outcome.FINISHED;
  }

  private Position train(Position start, Plan plan) {
    Position position = start;
    while (!trainer.complete(position) && !stop.made()) {
      position = trainer.round(position, plan);
      if (!trainer.complete(position) && saves.dueInsideEpoch()) {
        save(position);
      }
    }
    return position;
  }

  private EpochFindings evaluate(Position position, Plan plan) {
    int epoch = position.state().completedEpochs() + 1;
    listener.stageBegan(epoch, Stage.EVALUATE);
    return clock.measure(Stage.EVALUATE, () -> validation.evaluate(position, plan));
  }

  private Transition decide(Position position, EpochFindings findings) {
    TrainingState state = findings.state();
    listener.stageBegan(state.completedEpochs(), Stage.MASK);
    List<EpochRecord> epochs = new ArrayList<>(position.history().epochs());
    epochs.add(findings.record());
    return clock.measure(Stage.MASK, () -> policy.next(state, new History(epochs), probe));
  }

  private Position record(Position position, EpochFindings findings, Transition next) {
    List<Event> events = new ArrayList<>(position.events());
    List<Event> newest =
        chronicle.epoch(
            position.epochs(), findings, next, clock.epoch(findings.metrics().seconds()));
    newest.forEach(listener::happened);
    events.addAll(newest);
    for (PolicyEvent event : next.events()) {
      if (event instanceof TicketEmerged ticket) {
        saves.ticket(ticket);
      }
    }
    boolean sameNetwork = next.state().generation() == findings.state().generation();
    FloatVector outer = sameNetwork ? position.outer() : new FloatVector(new float[0]);
    return Position.between(next.state(), outer, events);
  }

  private void saveIfDue(Position position, Plan plan) {
    boolean last = plan.decision() == Decision.STOP;
    if (last || saves.dueAfterEpoch(position.state().completedEpochs())) {
      save(position);
    } else {
      saves.show(position);
    }
  }

  private void save(Position position) {
    listener.stageBegan(position.state().completedEpochs(), Stage.CHECKPOINT);
    clock.measure(Stage.CHECKPOINT, () -> saves.save(position));
  }
}
