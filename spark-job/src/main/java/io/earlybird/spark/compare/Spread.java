package io.earlybird.spark.compare;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.ToDoubleFunction;

/**
 * Mean of a figure over seeds and its standard deviation sqrt(sum (x - mean)^2 / (n - 1)).
 *
 * @param mean NaN if no run has the figure
 * @param deviation NaN for fewer than two runs
 * @param runs n, that have the figure
 */
public record Spread(double mean, double deviation, int runs) {
  /** Of the runs that have the figure. */
  static Spread of(Collection<RunFigures> runs, ToDoubleFunction<RunFigures> figure) {
    return of(runs.stream().mapToDouble(figure).toArray());
  }

  /** Of those values that are not NaN. */
  static Spread of(double... values) {
    double[] known = Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
    double mean = Arrays.stream(known).average().orElse(Double.NaN);
    double squares = Arrays.stream(known).map(value -> (value - mean) * (value - mean)).sum();
    double deviation = known.length < 2 ? Double.NaN : Math.sqrt(squares / (known.length - 1));
    return new Spread(mean, deviation, known.length);
  }
}
