package io.earlybird.spark.compare;

import io.earlybird.model.cost.NodeCost;
import io.earlybird.model.cost.OperationCount;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.pruning.weights.PrunableWeights;
import io.earlybird.pruning.weights.Scope;
import io.earlybird.spark.events.EpochEvent;
import io.earlybird.spark.events.Event;
import io.earlybird.spark.events.PruneEvent;
import io.earlybird.spark.events.SummaryEvent;
import io.earlybird.spark.events.SwaEvent;
import io.earlybird.spark.events.SwitchEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a finished run came to. Figures that a run does not have are NaN.
 *
 * @param seed of the run
 * @param epochs that were trained
 * @param prunedAfter completed epochs before the last pruning
 * @param top1 validation top-1 of the result, fraction
 * @param swaTop1 the same of the mean over the last epochs (specification 5.3), which is a network
 *     of its own beside the result
 * @param trainingFlops FLOPs of all epochs, as the paper counts them (specification 1.10)
 * @param modelledJoule modelled, not measured (specification 7.6)
 * @param seconds of all attempts
 * @param sparsity share of the weights of convolutions and linear layers of the dense network that
 *     the result lacks, cut or held at zero
 * @param theoreticalSpeedUp MACs of the dense network / MACs of the result's active weights
 *     (specification 3.7)
 * @param imagesPerSecond of training in the last generation, median over its epochs
 * @param imagesPerSecondBefore the same in generation 0 of a run that was cut
 * @param drop the most top-1 that was lost at a pruning, before any training, fraction
 */
public record RunFigures(
    long seed,
    int epochs,
    double prunedAfter,
    double top1,
    double swaTop1,
    double trainingFlops,
    double modelledJoule,
    double seconds,
    double sparsity,
    double theoreticalSpeedUp,
    double imagesPerSecond,
    double imagesPerSecondBefore,
    double drop) {
  /**
   * The figures of a run.
   *
   * @param events of the run, its summary included
   * @param dense the network that it began with
   * @param last the state that it ended with
   * @throws IllegalArgumentException if the run has no summary
   */
  public static RunFigures of(long seed, List<Event> events, Network dense, TrainingState last) {
    List<EpochEvent> epochs = ofType(events, EpochEvent.class);
    SummaryEvent summary =
        ofType(events, SummaryEvent.class).stream()
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("Cannot compare a run that is not finished"));
    int generation = last.generation();
    SortedMap<Integer, Double> drops = drops(events);
    return new RunFigures(
        seed,
        summary.epochs(),
        drops.isEmpty() ? Double.NaN : drops.lastKey(),
        summary.finalTop1(),
        swaTop1(events, drops),
        (double) summary.trainingPaperFlops(),
        summary.modelledEnergyJoule(),
        summary.seconds(),
        sparsity(dense, last),
        theoreticalSpeedUp(dense, last),
        imagesPerSecond(epochs, generation),
        generation == 0 ? Double.NaN : imagesPerSecond(epochs, 0),
        drops.values().stream()
            .mapToDouble(Double::doubleValue)
            .filter(drop -> !Double.isNaN(drop))
            .max()
            .orElse(Double.NaN));
  }

  /** NaN if there is no mean, or if a pruning came after it: then it is one of another network. */
  private static double swaTop1(List<Event> events, SortedMap<Integer, Double> drops) {
    List<SwaEvent> means = ofType(events, SwaEvent.class);
    if (means.isEmpty()) {
      return Double.NaN;
    }
    SwaEvent last = means.get(means.size() - 1);
    return drops.tailMap(last.epoch()).isEmpty() ? last.validationTop1() : Double.NaN;
  }

  private static double sparsity(Network dense, TrainingState last) {
    int all = PrunableWeights.of(ParameterLayout.of(dense), Scope.ALL).count();
    ParameterLayout layout = last.parameters().layout();
    return 1 - (double) PrunableWeights.of(layout, Scope.ALL).active(last.held()) / all;
  }

  private static double theoreticalSpeedUp(Network dense, TrainingState last) {
    Map<String, Long> macs = new HashMap<>();
    for (NodeCost node : OperationCount.of(last.network()).nodes()) {
      macs.put(node.name() + ".weight", node.macs());
    }
    double active = 0;
    for (ParameterLayout.Entry layer :
        PrunableWeights.of(last.parameters().layout(), Scope.ALL).layers()) {
      double density = (double) PrunableWeights.active(layer, last.held()) / layer.length();
      active += macs.get(layer.name()) * density;
    }
    return OperationCount.of(dense).macs() / active;
  }

  /** Median over the epochs of a generation; NaN if it has none. */
  private static double imagesPerSecond(List<EpochEvent> epochs, int generation) {
    double[] speeds =
        epochs.stream()
            .filter(epoch -> epoch.generation() == generation)
            .mapToDouble(EpochEvent::imagesPerSecond)
            .sorted()
            .toArray();
    int middle = speeds.length / 2;
    if (speeds.length == 0) {
      return Double.NaN;
    }
    return speeds.length % 2 == 1 ? speeds[middle] : (speeds[middle - 1] + speeds[middle]) / 2;
  }

  /** Top-1 that was lost at each pruning, by completed epochs; NaN before the first epoch. */
  private static SortedMap<Integer, Double> drops(List<Event> events) {
    SortedMap<Integer, Double> drops = new TreeMap<>();
    for (Event event : events) {
      if (event instanceof PruneEvent pruned) {
        drops.put(pruned.epoch(), pruned.top1Before() - pruned.top1After());
      } else if (event instanceof SwitchEvent change) {
        drops.put(change.epoch(), change.top1Before() - change.top1After());
      }
    }
    return drops;
  }

  private static <T extends Event> List<T> ofType(List<Event> events, Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
