package io.earlybird.spark.tensorboard;

import io.earlybird.pruning.detection.DistanceMatrix;
import io.earlybird.pruning.detection.MaskHistory;
import io.earlybird.spark.events.EpochEvent;
import io.earlybird.spark.events.Event;
import io.earlybird.spark.events.PruneEvent;
import io.earlybird.spark.events.SummaryEvent;
import io.earlybird.spark.events.SwaEvent;
import io.earlybird.spark.events.SwitchEvent;
import io.earlybird.spark.events.TicketEvent;
import io.earlybird.spark.run.RunRecord;
import io.earlybird.spark.store.FileStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The event files of a run, one for each epoch, so that none is ever appended to or written twice:
 * TensorBoard reads the files of a directory in the order of their names, and goes on to the next
 * one as it appears.
 */
public final class EventFiles {
  private static final String PREFIX = "events.out.tfevents.epoch-";

  private final FileStore directory;

  /** Files in a directory, which need not exist. */
  public EventFiles(FileStore directory) {
    this.directory = directory;
  }

  /**
   * Writes the files of all epochs that have none.
   *
   * @return how many were written
   */
  public int writeMissing(RunRecord run) {
    SortedMap<Integer, List<Event>> missing = byEpoch(run.events());
    Set<String> existing = new HashSet<>(directory.list());
    missing.keySet().removeIf(epoch -> existing.contains(name(epoch)));
    if (missing.isEmpty()) {
      return 0;
    }
    double denseEpoch = denseEpochFlops(run.events());
    SortedMap<Double, DistanceMatrix> matrices = matrices(run.masks(), missing.firstKey());
    missing.forEach(
        (epoch, events) -> {
          byte[] content = content(events, epoch, denseEpoch, matrices);
          directory.write(name(epoch), out -> out.write(content));
        });
    return missing.size();
  }

  /**
   * Deletes the files of later epochs, which a run that goes on from here will train again, and
   * what interrupted writes have left.
   */
  public void deleteAfter(int completedEpochs) {
    directory.deleteLeftovers();
    for (String file : directory.list()) {
      if (file.startsWith(PREFIX) && file.compareTo(name(completedEpochs)) > 0) {
        directory.delete(file);
      }
    }
  }

  private static byte[] content(
      List<Event> events,
      int epoch,
      double denseEpoch,
      SortedMap<Double, DistanceMatrix> matrices) {
    EventRecords records = new EventRecords(events.get(0).time());
    for (Event event : events) {
      if (event instanceof EpochEvent trained) {
        records.add(event.time(), epoch, Summaries.of(trained, denseEpoch, matrices));
      } else if (event instanceof TicketEvent ticket) {
        records.add(event.time(), epoch, Summaries.of(ticket));
      } else if (event instanceof SwitchEvent change) {
        records.add(event.time(), epoch, Summaries.of(change));
      } else if (event instanceof PruneEvent pruned) {
        records.add(event.time(), epoch, Summaries.of(pruned));
      } else if (event instanceof SwaEvent mean) {
        records.add(event.time(), epoch, Summaries.of(mean));
      }
    }
    return records.bytes();
  }

  /**
   * Events by the completed epochs after which they happened. The summary tells nothing that the
   * epochs do not, and a run that is made longer has none any more.
   */
  private static SortedMap<Integer, List<Event>> byEpoch(List<Event> events) {
    SortedMap<Integer, List<Event>> byEpoch = new TreeMap<>();
    int epoch = 0;
    for (Event event : events) {
      if (event instanceof EpochEvent trained) {
        epoch = trained.epoch();
      }
      if (!(event instanceof SummaryEvent)) {
        byEpoch.computeIfAbsent(epoch, none -> new ArrayList<>()).add(event);
      }
    }
    return byEpoch;
  }

  /** The first epoch trains the dense network; NaN before it has ended. */
  private static double denseEpochFlops(List<Event> events) {
    return events.stream()
        .filter(EpochEvent.class::isInstance)
        .map(EpochEvent.class::cast)
        .mapToDouble(first -> (double) first.trainingPaperFlops() / first.epoch())
        .findFirst()
        .orElse(Double.NaN);
  }

  /** Of the ratios that have masks of that epoch, or of later ones. */
  private static SortedMap<Double, DistanceMatrix> matrices(
      SortedMap<Double, MaskHistory> masks, int epoch) {
    SortedMap<Double, DistanceMatrix> matrices = new TreeMap<>();
    masks.forEach(
        (ratio, history) -> {
          if (history.epochs() >= Math.max(1, epoch)) {
            matrices.put(
                ratio, DistanceMatrix.of(history.masks().subList(1, history.masks().size())));
          }
        });
    return matrices;
  }

  private static String name(int epoch) {
    return String.format(Locale.ROOT, "%s%06d", PREFIX, epoch);
  }
}
