package io.earlybird.engine.dl4j.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Spreads a pass over host memory over the threads that a replica may use: the calling one and
 * others of its own, which wait in between. Passes write disjoint places, so that results do not
 * depend on the number of threads.
 *
 * <p>Used by one thread at a time; its threads end when it is closed.
 */
public final class HostThreads implements AutoCloseable {
  private final int threads;
  private final ExecutorService others;

  /** One thread's share of work whose threads wait for each other in between. */
  @FunctionalInterface
  public interface Share {
    /** Does the share of a member of the team. */
    void run(Member member);
  }

  /** Part of a pass. */
  @FunctionalInterface
  public interface Part {
    /** Does everything with an index in [first, end). */
    void run(int first, int end);
  }

  /**
   * Starts threads when the first pass needs them.
   *
   * @param threads at least 1, the calling one included
   */
  public HostThreads(int threads) {
    this.threads = threads;
    this.others = Executors.newFixedThreadPool(Math.max(1, threads - 1), HostThreads::daemon);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "earlybird-host-pass");
    thread.setDaemon(true);
    return thread;
  }

  /** The calling thread alone. */
  public static HostThreads one() {
    return new HostThreads(1);
  }

  /** How many threads work, the calling one included. */
  public int count() {
    return threads;
  }

  /** Does what the part does for all indexes below {@code count}, in as many ranges as threads. */
  public void run(int count, Part part) {
    int ranges = Math.max(1, Math.min(threads, count));
    List<Future<?>> running = new ArrayList<>();
    for (int range = 1; range < ranges; range++) {
      int first = begin(range, ranges, count);
      int end = begin(range + 1, ranges, count);
      running.add(others.submit(() -> part.run(first, end)));
    }
    try {
      part.run(0, begin(1, ranges, count));
    } finally {
      running.forEach(HostThreads::await);
    }
  }

  /**
   * Does the shares of that many members, all at the same time.
   *
   * @param members at most {@link #count()}
   */
  public void together(int members, Share share) {
    Team team = new Team(members);
    run(members, (first, end) -> team.run(first, share));
  }

  /** First index of one of so many ranges of {@code count} indexes. */
  public static int begin(int range, int ranges, int count) {
    return (int) ((long) count * range / ranges);
  }

  /** Not interruptible: memory that is written must not be freed before the writer has ended. */
  private static void await(Future<?> future) {
    boolean interrupted = false;
    while (true) {
      try {
        future.get();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        throw new IllegalStateException("A pass over host memory failed", e.getCause());
      } catch (CancellationException e) {
        throw new IllegalStateException("A pass over host memory was given up", e);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    others.shutdown();
  }
}
