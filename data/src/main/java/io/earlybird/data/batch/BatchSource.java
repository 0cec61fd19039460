package io.earlybird.data.batch;

import io.earlybird.data.shard.ShardSet;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;

/**
 * Makes batches of a data set: one for each process and data set, kept open between rounds.
 *
 * <p>Holds the decode threads, the sidecars that were used, and the buffers that readers gave back.
 * For any thread; each {@link BatchReader} belongs to one. What a reader hands out is a function of
 * data set, settings and slice: neither the number of threads nor other readers change a bit of it.
 */
public final class BatchSource implements AutoCloseable {
  private final ShardSet set;
  private final BatchSettings settings;
  private final ShardAccess access;
  private final SampleTables tables;
  private final SlotPool slots;
  private final DecodePool decoders;

  private BatchSource(
      ShardSet set, Configuration hadoop, BatchSettings settings, ShardAccess access) {
    this.set = set;
    this.settings = settings;
    this.access = access;
    this.tables = new SampleTables(set, hadoop);
    this.slots = new SlotPool(settings.image());
    this.decoders = new DecodePool(settings.decodeThreads(), settings.image());
  }

  /** A source that reads the shards where they are. */
  public static BatchSource direct(ShardSet set, Configuration hadoop, BatchSettings settings) {
    return new BatchSource(set, hadoop, settings, new DirectAccess(set, hadoop));
  }

  /**
   * A source that first copies each shard it uses to a local directory, checking its hash.
   *
   * @param directory may be shared by processes and data sets, and is kept
   */
  public static BatchSource cached(
      ShardSet set, Configuration hadoop, BatchSettings settings, Path directory)
      throws IOException {
    return new BatchSource(set, hadoop, settings, ShardCache.at(directory, set, hadoop));
  }

  /** The data set. */
  public ShardSet shards() {
    return set;
  }

  /**
   * Batches of a replica in a round.
   *
   * @throws IllegalArgumentException if the slice is one of another data set
   */
  public BatchReader train(TrainSlice slice) {
    return reader(slice.plan(set, settings.seed()));
  }

  /** Batches of a part of the data set, for evaluation. */
  public BatchReader evaluate(EvaluationSlice slice) {
    return reader(slice.plan(set));
  }

  private BatchReader reader(BatchPlan plan) {
    return new BatchReader(
        plan, new RangeReader(set, access, tables), decoders, slots, settings.prefetchBatches());
  }

  /** Ends the threads and frees the buffers; readers must be closed before. */
  @Override
  public void close() {
    decoders.close();
  }
}
