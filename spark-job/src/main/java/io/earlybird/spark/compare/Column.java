package io.earlybird.spark.compare;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * A column of the table of a comparison.
 *
 * @param key for programs
 * @param title for people, with the unit
 * @param factor from the figure to the unit of the title
 * @param format of means and deviations in that unit
 * @param figure of a row
 */
record Column(
    String key, String title, double factor, String format, Function<Row, Spread> figure) {
  private static final Column MEAN =
      new Column("swa_top1", "top-1 of the mean (SWA) %", 100, "%.2f", Row::swaTop1);

  /** All, in order. */
  static final List<Column> ALL =
      List.of(
          new Column("top1", "top-1 %", 100, "%.2f", Row::top1),
          MEAN,
          new Column("training_flops", "training FLOPs", 1, "%.3g", Row::trainingFlops),
          new Column("modelled_joule", "modelled energy J", 1, "%.3g", Row::modelledJoule),
          new Column("seconds", "seconds", 1, "%.0f", Row::seconds),
          new Column("sparsity", "sparsity %", 100, "%.1f", Row::sparsity),
          new Column(
              "theoretical_speed_up", "speed-up, theoretical", 1, "%.2f", Row::theoreticalSpeedUp),
          new Column("measured_speed_up", "speed-up, measured", 1, "%.2f", Row::measuredSpeedUp),
          new Column("drop", "drop at pruning, points", 100, "%.2f", Row::drop),
          new Column("pruned_after", "last pruned after epoch", 1, "%.1f", Row::prunedAfter),
          new Column("epochs", "epochs", 1, "%.1f", Row::epochs));

  /** What a table for people has: the mean over epochs only where a row has one. */
  static List<Column> shown(List<Row> rows) {
    boolean averaged = rows.stream().anyMatch(row -> row.swaTop1().runs() > 0);
    return ALL.stream().filter(column -> averaged || !column.equals(MEAN)).toList();
  }

  Spread of(Row row) {
    return figure.apply(row);
  }

  /** In the unit of the title: the mean, and the deviation if there is one that can be seen. */
  String text(Row row) {
    Spread spread = of(row);
    if (Double.isNaN(spread.mean())) {
      return "-";
    }
    String mean = text(spread.mean());
    if (Double.isNaN(spread.deviation())) {
      return mean;
    }
    String deviation = text(spread.deviation());
    boolean seen = deviation.replaceFirst("e.*", "").chars().anyMatch(c -> c >= '1' && c <= '9');
    return seen ? mean + " ± " + deviation : mean;
  }

  private String text(double value) {
    return String.format(Locale.ROOT, format, factor * value);
  }
}
