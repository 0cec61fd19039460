package io.earlybird.spark.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How long items of each kind take; a kind is a description without its numbers. */
final class ItemClock {
  private static final double NANOS = 1e9;

  private final Map<String, Long> begun = new HashMap<>();
  private final Map<String, List<Double>> seconds = new HashMap<>();

  void began(Moment moment) {
    begun.put(moment.item(), System.nanoTime());
  }

  void ended(Moment moment) {
    Long start = begun.remove(moment.item());
    if (start != null) {
      seconds
          .computeIfAbsent(kind(moment.item()), kind -> new ArrayList<>())
          .add((System.nanoTime() - start) / NANOS);
    }
  }

  /** The median of a kind; zero if none was seen. */
  double typical(String item) {
    List<Double> sorted = seconds.getOrDefault(kind(item), List.of(0.0)).stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private static String kind(String item) {
    return item.replaceAll("\\d+", "#");
  }
}
