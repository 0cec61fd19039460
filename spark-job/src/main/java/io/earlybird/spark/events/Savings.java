package io.earlybird.spark.events;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a run has saved against training the dense network to the end. */
final class Savings {
  private Savings() {}

  /**
   * As one sentence. The time is an estimate: all epochs of the recipe at the median of those
   * before the first switch, less what the run took.
   *
   * @param events of the whole run, the summary included
   */
  static Optional<String> sentence(List<Event> events) {
    return last(events, SummaryEvent.class).map(summary -> sentence(summary, events));
  }

  private static String sentence(SummaryEvent summary, List<Event> events) {
    List<SwitchEvent> switches = all(events, SwitchEvent.class);
    List<String> parts = new ArrayList<>();
    if (summary.savedFlops() > 0) {
      parts.add(percent(summary.savedFlops()) + " of the training FLOPs");
    }
    if (!switches.isEmpty()) {
      SwitchEvent first = switches.get(0);
      SwitchEvent last = switches.get(switches.size() - 1);
      parts.add(percent(saved(last.paperFlops(), first.densePaperFlops())) + " of those an image");
      parts.add(percent(saved(last.parameters(), first.denseParameters())) + " of the parameters");
      double seconds = secondsSaved(summary, events, first);
      if (seconds > 0) {
        parts.add("about " + Durations.of(seconds) + " by the epochs before the switch");
      }
    }
    return parts.isEmpty()
        ? "saved against dense: nothing, no channel was cut"
        : "saved against dense: " + String.join(", ", parts);
  }

  private static double secondsSaved(SummaryEvent summary, List<Event> events, SwitchEvent first) {
    List<EpochEvent> dense =
        all(events, EpochEvent.class).stream()
            .filter(epoch -> epoch.epoch() <= first.epoch())
            .toList();
    if (dense.isEmpty()) {
      return 0;
    }
    double[] seconds = dense.stream().mapToDouble(epoch -> epoch.seconds().total()).toArray();
    Arrays.sort(seconds);
    double epochFlops = (double) dense.get(0).trainingPaperFlops() / dense.get(0).epoch();
    double epochs = summary.denseTrainingPaperFlops() / epochFlops;
    return epochs * seconds[seconds.length / 2] - summary.seconds();
  }

  private static double saved(long rest, long whole) {
    return 1 - (double) rest / whole;
  }

  private static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * fraction);
  }

  private static <E extends Event> Optional<E> last(List<Event> events, Class<E> type) {
    List<E> found = all(events, type);
    return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
  }

  private static <E extends Event> List<E> all(List<Event> events, Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
