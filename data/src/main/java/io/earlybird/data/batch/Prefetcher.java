package io.earlybird.data.batch;

import io.earlybird.data.order.SampleId;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The thread of a reader: fetches the samples of the coming steps and hands them to the decoders.
 *
 * <p>There are as many slots as batches may be ahead, and one that the caller holds; the thread
 * waits for a free one. Steps are fetched together as long as their files are small, so that reads
 * of neighbors can be joined; the first step is fetched alone, so that the replica starts soon.
 */
final class Prefetcher implements AutoCloseable {
  private static final long FETCH_BYTES = 16 << 20;

  /** What the caller gets: a slot, a failure, or the end when both are null. */
  private record Outcome(Slot slot, IOException failure) {
    static final Outcome END = new Outcome(null, null);
  }

  private final BatchPlan plan;
  private final RangeReader ranges;
  private final DecodePool decoders;
  private final SlotPool pool;
  private final BlockingQueue<Slot> free;
  private final BlockingQueue<Outcome> ready = new LinkedBlockingQueue<>();
  private final List<Slot> slots = new ArrayList<>();
  private final Thread thread = new Thread(this::run, "earlybird-prefetch");
  private volatile long bytesRead;
  private boolean ended;
  private boolean closed;

  Prefetcher(BatchPlan plan, RangeReader ranges, DecodePool decoders, SlotPool pool, int prefetch) {
    this.plan = plan;
    this.ranges = ranges;
    this.decoders = decoders;
    this.pool = pool;
    int count = Math.min(prefetch + 1, Math.max(1, plan.endStep() - plan.firstStep()));
    this.free = new ArrayBlockingQueue<>(count);
    for (int i = 0; i < count; i++) {
      slots.add(pool.take(plan.maxSize()));
    }
    free.addAll(slots);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  long bytesRead() {
    return bytesRead;
  }

  /** The next slot with all its images, or null at the end. */
  Slot take() throws IOException {
    if (ended) {
      return null;
    }
    try {
      Outcome outcome = ready.take();
      ended = outcome.slot == null;
      if (outcome.failure != null) {
        throw outcome.failure;
      }
      if (!ended) {
        outcome.slot.await();
      }
      return outcome.slot;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while waiting for a batch");
    } catch (ExecutionException e) {
      throw new IllegalStateException("Failed to decode a batch", e.getCause());
    }
  }

  void release(Slot slot) {
    free.add(slot);
  }

  private void run() {
    Outcome last = new Outcome(null, new IOException("The thread that reads ahead ended early"));
    try {
      feed();
      last = Outcome.END;
    } catch (IOException e) {
      last = new Outcome(null, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      last = new Outcome(null, new IOException("Failed to read ahead: " + e.getMessage(), e));
    }
    ready.add(last);
  }

  private void feed() throws IOException, InterruptedException {
    long budget = 0;
    int step = plan.firstStep();
    while (step < plan.endStep()) {
      List<SampleId> wanted = new ArrayList<>();
      int from = step;
      long bytes = 0;
      do {
        bytes += addSamples(step++, wanted);
      } while (step < plan.endStep() && bytes < budget);
      List<Fetched> fetched = ranges.read(wanted);
      bytesRead = ranges.bytesRead();
      decode(from, step, fetched);
      budget = FETCH_BYTES;
    }
  }

  /** Adds the samples of a step; returns the bytes of their files. */
  private long addSamples(int step, List<SampleId> into) throws IOException {
    long bytes = 0;
    for (int i = 0; i < plan.size(step); i++) {
      SampleId id = plan.sample(step, i);
      bytes += ranges.bytes(id);
      into.add(id);
    }
    return bytes;
  }

  private void decode(int from, int to, List<Fetched> fetched) throws InterruptedException {
    int first = 0;
    for (int step = from; step < to; step++) {
      int size = plan.size(step);
      if (size > 0) {
        Slot slot = free.take();
        slot.begin(step, size);
        decoders.decode(fetched.subList(first, first + size), plan.treatment(), slot);
        ready.add(new Outcome(slot, null));
        first += size;
      }
    }
  }

  /** Ends the thread, waits for decoders that still write, and gives the slots back. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    thread.interrupt();
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        for (Slot slot : slots) {
          slot.await();
        }
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        throw new IllegalStateException("Failed to decode a batch", e.getCause());
      }
    }
    slots.forEach(pool::give);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
