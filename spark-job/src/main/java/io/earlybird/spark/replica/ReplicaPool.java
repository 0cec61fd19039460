package io.earlybird.spark.replica;

import io.earlybird.model.engine.Device;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The open replicas of one process: at most as many as have been in use at the same time, all of
 * one {@link ReplicaKey}. The first use of another key, after surgery for example, closes those
 * that lie idle.
 */
public final class ReplicaPool {
  private static final ReplicaPool SHARED = new ReplicaPool();

  private final Deque<ResidentReplica> idle = new ArrayDeque<>();
  private ReplicaKey current;

  ReplicaPool() {}

  /** The pool of this process. */
  public static ReplicaPool shared() {
    return SHARED;
  }

  /**
   * Does something with a replica on the device of the task, which may hold any values before.
   *
   * <p>The replica goes back to the pool afterwards; after a failure it is closed instead.
   *
   * @throws IOException as the work throws it
   */
  public <T> T use(ReplicaKey key, ReplicaWork<T> work) throws IOException {
    ResidentReplica replica = take(key);
    boolean done = false;
    try {
      T result = replica.run(work);
      done = true;
      return result;
    } finally {
      if (done) {
        giveBack(replica);
      } else {
        replica.close();
      }
    }
  }

  /** Closes what lies idle; what is in use is closed when it comes back. */
  public synchronized void clear() {
    current = null;
    idle.forEach(ResidentReplica::close);
    idle.clear();
  }

  private ResidentReplica take(ReplicaKey key) throws IOException {
    Device device = TaskDevice.current();
    ResidentReplica replica = poll(key, device);
    return replica == null ? ResidentReplica.open(key, device) : replica;
  }

  /** An idle replica on that device, or null. */
  private synchronized ResidentReplica poll(ReplicaKey key, Device device) {
    if (!key.equals(current)) {
      clear();
      current = key;
    }
    for (ResidentReplica replica : idle) {
      if (replica.device().equals(device)) {
        idle.remove(replica);
        return replica;
      }
    }
    return null;
  }

  private synchronized void giveBack(ResidentReplica replica) {
    if (replica.key().equals(current)) {
      idle.push(replica);
    } else {
      replica.close();
    }
  }

  synchronized int idle() {
    return idle.size();
  }
}
