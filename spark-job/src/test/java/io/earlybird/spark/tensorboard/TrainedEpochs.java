package io.earlybird.spark.tensorboard;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.earlybird.pruning.detection.MaskHistory;
import io.earlybird.pruning.mask.Mask;
import io.earlybird.pruning.policy.Phase;
import io.earlybird.spark.events.EpochEvent;
import io.earlybird.spark.events.EpochSeconds;
import io.earlybird.spark.events.Event;
import io.earlybird.spark.events.GammaHistogram;
import io.earlybird.spark.events.PruneEvent;
import io.earlybird.spark.events.SummaryEvent;
import io.earlybird.spark.events.SwaEvent;
import io.earlybird.spark.events.SwitchEvent;
import io.earlybird.spark.events.TicketEvent;
import io.earlybird.spark.run.RunRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A made-up run: a switch after epoch {@value #SWITCH}, where half of the FLOPs go. */
final class TrainedEpochs {
  static final int SWITCH = 3;
  private static final int CHANNELS = 8;

  private TrainedEpochs() {}

  /** The run after so many epochs, with its masks of ratio 0.5. */
  static RunRecord after(int epochs) {
    return record(events(epochs));
  }

  /** A run with these events. */
  static RunRecord record(List<Event> events) {
    int epochs = (int) events.stream().filter(EpochEvent.class::isInstance).count();
    return new RunRecord(
        "file:///runs/made-up",
        JsonNodeFactory.instance.objectNode(),
        events,
        new TreeMap<>(Map.of(0.5, masks(Math.min(epochs, SWITCH)))),
        Optional.empty());
  }

  static List<Event> events(int epochs) {
    List<Event> events = new ArrayList<>();
    events.add(new PruneEvent(time(0), 0, 0.9, "snip", 100, 10, Double.NaN, Double.NaN));
    for (int epoch = 1; epoch <= epochs; epoch++) {
      events.add(epoch(epoch));
      if (epoch == SWITCH) {
        events.add(new TicketEvent(time(epoch), epoch, 0.5, "consecutive", List.of(0.5, 0.25)));
        events.add(
            new SwitchEvent(
                time(epoch), epoch, 0.5, "union", 1000, 400, 800, 400, Map.of(), 0.75, 0.625));
      }
      if (epoch > SWITCH) {
        events.add(new SwaEvent(time(epoch), epoch, epoch - SWITCH, 1.25, 0.875));
      }
    }
    events.add(new SummaryEvent(time(epochs), epochs, 0.5, 0.5, 1, 2, 0.5, 1, 1));
    return events;
  }

  static EpochEvent epoch(int epoch) {
    boolean search = epoch <= SWITCH;
    return new EpochEvent(
        time(epoch),
        epoch,
        search ? Phase.SEARCH : Phase.RETRAIN,
        search ? 0 : 1,
        0.125 / epoch,
        4.0 / epoch,
        0.5,
        5.0 / epoch,
        0.25,
        search ? 0.5 : Double.NaN,
        epoch == 1 || !search ? Map.of() : Map.of("0.5", 0.5),
        1000 + epoch,
        new EpochSeconds(36, 1, 2, 3, 4, 5, 6, 7),
        search ? 1000 : 400,
        search ? 800 : 400,
        search ? 600L * epoch : 600L * SWITCH + 300L * (epoch - SWITCH),
        gammas());
  }

  /** 10 channels in the second bin, 30 in the fourth. */
  static List<Integer> gammas() {
    List<Integer> counts = new ArrayList<>(Collections.nCopies(GammaHistogram.BINS, 0));
    counts.set(1, 10);
    counts.set(3, 30);
    return counts;
  }

  /** The second half after odd epochs, the odd channels after even ones: a distance of one half. */
  private static MaskHistory masks(int epochs) {
    List<Mask> masks = new ArrayList<>();
    for (int epoch = 0; epoch <= epochs; epoch++) {
      BitSet kept = new BitSet(CHANNELS);
      for (int channel = 0; channel < CHANNELS; channel++) {
        kept.set(channel, epoch % 2 == 1 ? channel >= CHANNELS / 2 : channel % 2 == 1);
      }
      masks.add(Mask.of(kept, CHANNELS));
    }
    return new MaskHistory(masks);
  }

  static Instant time(int epoch) {
    return Instant.parse("2026-01-01T00:00:00.500Z").plusSeconds(60L * epoch);
  }
}
