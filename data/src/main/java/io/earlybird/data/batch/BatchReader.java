package io.earlybird.data.batch;

import io.earlybird.model.engine.Batch;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out the batches of a slice, in order, while the next ones are read and decoded.
 *
 * <p>Used by one thread; must be closed, which gives its buffers back to the source. A sample that
 * cannot be decoded is left out of its batch and counted in the report. A failure of reading ends
 * the reader with its exception; nothing is left out silently.
 */
public final class BatchReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BatchReader.class);

  private final Prefetcher prefetcher;
  private Slot current;
  private Batch batch;
  private ReadReport counted = ReadReport.NONE;

  BatchReader(
      BatchPlan plan, RangeReader ranges, DecodePool decoders, SlotPool pool, int prefetch) {
    this.prefetcher = new Prefetcher(plan, ranges, decoders, pool, prefetch);
    prefetcher.start();
  }

  /**
   * Moves to the next step that has images; the batch of the step before may be overwritten.
   *
   * @return whether there is one
   * @throws io.earlybird.data.shard.ShardException if shards are damaged: not worth a retry
   * @throws IOException if reading failed
   */
  public boolean next() throws IOException {
    batch = null;
    long start = System.nanoTime();
    try {
      do {
        release();
        current = prefetcher.take();
        if (current == null) {
          return false;
        }
        count(current);
      } while (current.compact() == 0);
    } finally {
      counted = counted.plus(new ReadReport(0, 0, List.of(), System.nanoTime() - start, 0));
    }
    batch = current.batch();
    counted = counted.plus(new ReadReport(batch.size(), 0, List.of(), 0, 0));
    return true;
  }

  private void count(Slot slot) {
    List<String> failures = slot.failures();
    if (!failures.isEmpty()) {
      counted = counted.plus(new ReadReport(0, failures.size(), failures, 0, 0));
      failures.forEach(failure -> LOG.warn("Left out a sample: {}", failure));
    }
  }

  private void release() {
    if (current != null) {
      prefetcher.release(current);
      current = null;
    }
  }

  /** The step of {@link #batch}, 0-based: in the epoch for training, in the part for evaluation. */
  public int step() {
    checkBatch();
    return current.step();
  }

  /** The batch that {@link #next} moved to; its buffers are valid until the next call. */
  public Batch batch() {
    checkBatch();
    return batch;
  }

  private void checkBatch() {
    if (batch == null) {
      throw new IllegalStateException("No batch: next() was not called or returned false");
    }
  }

  /** What was read and how long the caller waited, so far. */
  public ReadReport report() {
    return counted.plus(new ReadReport(0, 0, List.of(), 0, prefetcher.bytesRead()));
  }

  /** Stops reading ahead and gives the buffers back; may be called twice. */
  @Override
  public void close() {
    batch = null;
    release();
    prefetcher.close();
  }
}
