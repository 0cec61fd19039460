package io.earlybird.spark.replica;

import io.earlybird.model.engine.Replica;
import java.io.IOException;

/** Something to do with an open replica, on the thread that the replica belongs to. */
@FunctionalInterface
public interface ReplicaWork<T> {
  /**
   * Does it.
   *
   * @throws IOException if data cannot be read
   */
  T with(Replica replica) throws IOException;
}
