package io.earlybird.engine.dl4j.kernels;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that meet some hundred times a second, each time for microseconds: they wait awake,
 * because to wake a thread takes longer than what there is to wait for.
 */
final class Team {
  /** Looks, a millisecond or so, before a waiting thread naps in between: the machine is busy. */
  private static final int PATIENCE = 20_000;

  private static final long NAP = 50_000;

  private final int size;
  private final AtomicInteger present = new AtomicInteger();
  private final AtomicInteger meetings = new AtomicInteger();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  Team(int size) {
    this.size = size;
  }

  int size() {
    return size;
  }

  /** Does a share; if it fails, the others stop where they meet next. */
  void run(int rank, HostThreads.Share share) {
    try {
      share.run(new Member(this, rank));
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      throw e;
    }
  }

  void meet() {
    int meeting = meetings.get();
    if (present.incrementAndGet() == size) {
      present.set(0);
      meetings.incrementAndGet();
      return;
    }
    for (int looks = 0; meetings.get() == meeting; looks++) {
      Throwable reason = failure.get();
      if (reason != null) {
        throw new IllegalStateException("Another thread of the team failed", reason);
      }
      if (looks < PATIENCE) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(NAP);
      }
    }
  }
}
