package io.earlybird.spark.train;

import io.earlybird.model.cost.EnergyModel;
import io.earlybird.model.cost.OperationCount;
import io.earlybird.model.network.Network;
import io.earlybird.pruning.policy.Phase;
import io.earlybird.pruning.policy.Plan.Decision;
import io.earlybird.pruning.policy.PolicyEvent;
import io.earlybird.pruning.policy.PolicyEvent.Pruned;
import io.earlybird.pruning.policy.PolicyEvent.Switched;
import io.earlybird.pruning.policy.PolicyEvent.TicketEmerged;
import io.earlybird.pruning.policy.Transition;
import io.earlybird.spark.evaluation.Score;
import io.earlybird.spark.events.EpochEvent;
import io.earlybird.spark.events.EpochSeconds;
import io.earlybird.spark.events.Event;
import io.earlybird.spark.events.GammaHistogram;
import io.earlybird.spark.events.PruneEvent;
import io.earlybird.spark.events.SummaryEvent;
import io.earlybird.spark.events.SwaEvent;
import io.earlybird.spark.events.SwitchEvent;
import io.earlybird.spark.events.TicketEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Writes down what happens in a run, as events.
 *
 * @param dense the network before any surgery
 * @param images D, training samples of an epoch
 * @param epochs T of the recipe
 * @param eightBit phases whose operations count as 8-bit ones
 * @param clock tells the time
 */
record Chronicle(Network dense, long images, int epochs, Predicate<Phase> eightBit, Clock clock) {
  /**
   * The events of an epoch that is over: itself, the mean over epochs, tickets, the switch, and the
   * summary if last.
   *
   * @param result score of what the policy leaves
   */
  List<Event> epoch(
      List<EpochEvent> before,
      EpochFindings findings,
      Optional<SwaEvent> mean,
      Transition next,
      Score result,
      EpochSeconds seconds) {
    List<Event> events = new ArrayList<>();
    EpochEvent epoch = epochEvent(before, findings, next, seconds);
    events.add(epoch);
    mean.ifPresent(events::add);
    next.events().forEach(event -> events.add(policyEvent(event)));
    events.replaceAll(event -> withDrop(event, findings.score(), result));
    if (next.decision() == Decision.STOP) {
      List<EpochEvent> all = new ArrayList<>(before);
      all.add(epoch);
      events.add(summary(all, result));
    }
    return events;
  }

  /** A pruning tells what it has done to the accuracy. */
  private static Event withDrop(Event event, Score before, Score after) {
    if (event instanceof PruneEvent pruned) {
      return new PruneEvent(
          pruned.time(),
          pruned.epoch(),
          pruned.ratio(),
          pruned.method(),
          pruned.weights(),
          pruned.active(),
          before.top1Fraction(),
          after.top1Fraction());
    }
    if (event instanceof SwitchEvent change) {
      return new SwitchEvent(
          change.time(),
          change.epoch(),
          change.ratio(),
          change.mode(),
          change.denseParameters(),
          change.parameters(),
          change.densePaperFlops(),
          change.paperFlops(),
          change.keptChannels(),
          before.top1Fraction(),
          after.top1Fraction());
    }
    return event;
  }

  private EpochEvent epochEvent(
      List<EpochEvent> before, EpochFindings findings, Transition next, EpochSeconds seconds) {
    OperationCount count = OperationCount.of(findings.state().network());
    long flops = before.isEmpty() ? 0 : before.get(before.size() - 1).trainingPaperFlops();
    return new EpochEvent(
        now(),
        findings.state().completedEpochs(),
        findings.phase(),
        findings.state().generation(),
        findings.learningRate(),
        findings.metrics().meanLoss(),
        findings.metrics().top1(),
        findings.score().loss(),
        findings.score().top1Fraction(),
        findings.score().top5Fraction().orElse(Double.NaN),
        next.maskDistances(),
        findings.metrics().samples() / findings.metrics().seconds().total(),
        seconds,
        count.parameters(),
        count.paperFlops(),
        flops + trainingFlops(1, count.paperFlops()),
        GammaHistogram.of(findings.state().network(), findings.state().parameters()));
  }

  /** Sentences of a policy's own events. */
  Event policyEvent(PolicyEvent event) {
    if (event instanceof TicketEmerged ticket) {
      return new TicketEvent(
          now(), ticket.epoch(), ticket.ratio(), ticket.detector(), ticket.distances());
    }
    if (event instanceof Pruned pruned) {
      return new PruneEvent(
          now(),
          pruned.epoch(),
          pruned.ratio(),
          pruned.method(),
          pruned.weights(),
          pruned.active(),
          Double.NaN,
          Double.NaN);
    }
    Switched switched = (Switched) event;
    return new SwitchEvent(
        now(),
        switched.epoch(),
        switched.ratio(),
        switched.mode(),
        switched.denseParameters(),
        switched.parameters(),
        switched.densePaperFlops(),
        switched.paperFlops(),
        switched.keptChannels(),
        Double.NaN,
        Double.NaN);
  }

  private SummaryEvent summary(List<EpochEvent> all, Score result) {
    EpochEvent last = all.get(all.size() - 1);
    long spent = last.trainingPaperFlops();
    long denseFlops = trainingFlops(epochs, OperationCount.of(dense).paperFlops());
    return new SummaryEvent(
        now(),
        last.epoch(),
        result.top1Fraction(),
        all.stream().mapToDouble(EpochEvent::validationTop1).max().orElse(Double.NaN),
        spent,
        denseFlops,
        1 - (double) spent / denseFlops,
        all.stream().mapToDouble(epoch -> epoch.seconds().total()).sum(),
        modelledJoule(all));
  }

  private double modelledJoule(List<EpochEvent> all) {
    double spent = 0;
    double int8 = 0;
    for (EpochEvent epoch : all) {
      int8 += eightBit.test(epoch.phase()) ? epoch.trainingPaperFlops() - spent : 0;
      spent = epoch.trainingPaperFlops();
    }
    return EnergyModel.of(dense).modelledJoule(spent - int8, int8);
  }

  private long trainingFlops(int trainedEpochs, long forwardFlops) {
    return OperationCount.TRAINING_FACTOR * images * trainedEpochs * forwardFlops;
  }

  private Instant now() {
    return clock.instant();
  }
}
