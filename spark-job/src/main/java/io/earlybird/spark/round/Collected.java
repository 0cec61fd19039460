package io.earlybird.spark.round;

import io.earlybird.spark.averaging.Moments;
import io.earlybird.spark.averaging.Slices;
import io.earlybird.spark.averaging.State;
import io.earlybird.spark.averaging.StateVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** What the driver has of a round so far: slices of the mean, put into place as they arrive. */
final class Collected extends AbstractFunction2<Object, Combined, BoxedUnit> {
  private final StateVector vector;
  private final State mean;
  private final SliceFetcher fetcher;
  private final Map<Integer, CompletableFuture<Boolean>> fetches = new TreeMap<>();
  private List<TaskReport> reports = List.of();
  private List<Moments> moments = List.of();

  /** Nothing yet of a vector that is cut in this way. */
  Collected(StateVector vector, Slices slices) {
    this.vector = vector;
    this.mean = vector.zeros();
    this.fetcher = new SliceFetcher(vector, slices, mean);
  }

  /** Takes what a partition of the second stage has combined. */
  @Override
  public BoxedUnit apply(Object partition, Combined part) {
    if (part instanceof Combined.Slice slice) {
      fetches.put((Integer) partition, fetcher.fetch(slice));
    } else if (part instanceof Combined.Closing closing) {
      reports = closing.reports();
      moments = closing.moments();
      moments.forEach(statistics -> vector.write(statistics, mean));
    }
    return BoxedUnit.UNIT;
  }

  /**
   * Waits for the slices that are on their way.
   *
   * @return partitions that must be combined again, because the executor that held them is lost
   */
  List<Integer> lost() {
    List<Integer> lost = new ArrayList<>();
    fetches.forEach(
        (partition, arrived) -> {
          if (!arrived.join()) {
            lost.add(partition);
          }
        });
    fetches.clear();
    return lost;
  }

  /** In the order of tasks; once nothing is lost. */
  List<TaskReport> reports() {
    return reports;
  }

  /** Whether no replica processed a sample, so that there is no mean. */
  boolean isEmpty() {
    return moments.isEmpty();
  }

  /** The mean of all replicas. */
  State mean() {
    return mean;
  }
}
