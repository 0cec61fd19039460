package io.earlybird.spark.round;

import java.io.Serializable;
import org.apache.spark.TaskContext;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction2;

/** The one result of a task of the second stage. */
final class OneCombined extends AbstractFunction2<TaskContext, Iterator<Combined>, Combined>
    implements Serializable {
  private static final long serialVersionUID = 1;

  @Override
  public Combined apply(TaskContext task, Iterator<Combined> combined) {
    return combined.hasNext() ? combined.next() : new Combined.Nothing();
  }
}
