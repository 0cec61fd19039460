package io.earlybird.spark.round;

import io.earlybird.spark.averaging.Moments;
import io.earlybird.spark.averaging.Slices;
import io.earlybird.spark.averaging.State;
import io.earlybird.spark.averaging.StateVector;
import java.util.List;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/** What the driver has of a round so far: slices of the mean, put into place as they arrive. */
final class Collected extends AbstractFunction2<Object, Combined, BoxedUnit> {
  private final StateVector vector;
  private final Slices slices;
  private final State mean;
  private List<TaskReport> reports = List.of();
  private List<Moments> moments = List.of();

  /** Nothing yet of a vector that is cut in this way. */
  Collected(StateVector vector, Slices slices) {
    this.vector = vector;
    this.slices = slices;
    this.mean = vector.zeros();
  }

  /** Takes what a partition of the second stage has combined. */
  @Override
  public BoxedUnit apply(Object partition, Combined part) {
    if (part instanceof Combined.Slice slice) {
      vector.write(slice.values().values(), slices.from(slice.slice()), mean);
    } else if (part instanceof Combined.Closing closing) {
      reports = closing.reports();
      moments = closing.moments();
      moments.forEach(statistics -> vector.write(statistics, mean));
    }
    return BoxedUnit.UNIT;
  }

  /** In the order of tasks; once the job has ended. */
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
