package io.earlybird.spark.round;

import java.io.Serializable;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** The one result of a task of the second stage. */
final class OneCombined extends AbstractFunction1<Iterator<Combined>, Combined>
    implements Serializable {
  private static final long serialVersionUID = 1;

  @Override
  public Combined apply(Iterator<Combined> combined) {
    return combined.hasNext() ? combined.next() : new Combined.Nothing();
  }
}
