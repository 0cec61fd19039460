package io.earlybird.spark.compare;

import java.util.List;

/**
 * The finished runs of a comparison, entry by entry.
 *
 * @param name of the comparison
 * @param network that all runs begin with
 * @param baseline name of the entry that speeds are compared with
 * @param rows in the order of the settings
 */
public record Comparison(String name, String network, String baseline, List<Row> rows) {
  /**
   * Finished runs of an entry.
   *
   * @param name of the entry
   * @param policy of its runs
   * @param runs that are finished
   * @param expected how many there will be
   */
  public record Entry(String name, String policy, List<RunFigures> runs, int expected) {
    public Entry {
      runs = List.copyOf(runs);
    }
  }

  public Comparison {
    rows = List.copyOf(rows);
  }

  /** Puts the rows together. */
  public static Comparison of(String name, String network, String baseline, List<Entry> entries) {
    double dense =
        entries.stream()
            .filter(entry -> entry.name().equals(baseline))
            .mapToDouble(entry -> denseSpeed(entry.runs()))
            .findFirst()
            .orElse(Double.NaN);
    return new Comparison(
        name,
        network,
        baseline,
        entries.stream()
            .map(
                entry ->
                    new Row(
                        entry.name(),
                        entry.policy(),
                        entry.runs(),
                        entry.expected(),
                        Spread.of(entry.runs(), run -> measuredSpeedUp(run, dense))))
            .toList());
  }

  /** Images per second of the network before any cut. */
  private static double denseSpeed(List<RunFigures> runs) {
    return Spread.of(
            runs,
            run ->
                Double.isNaN(run.imagesPerSecondBefore())
                    ? run.imagesPerSecond()
                    : run.imagesPerSecondBefore())
        .mean();
  }

  /** A run that was cut is its own measure: both speeds come from one process. */
  private static double measuredSpeedUp(RunFigures run, double dense) {
    double before = run.imagesPerSecondBefore();
    return run.imagesPerSecond() / (Double.isNaN(before) ? dense : before);
  }

  /** How many runs are not finished. */
  public int missing() {
    return rows.stream().mapToInt(row -> row.expected() - row.runs().size()).sum();
  }
}
