package io.earlybird.data.batch;

import io.earlybird.data.order.SampleId;
import io.earlybird.data.shard.SampleTable;
import io.earlybird.data.shard.ShardException;
import io.earlybird.data.shard.ShardSet;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FSDataInputStream;

/**
 * Reads many samples with few positioned reads: neighbors in a shard are joined, and what lies
 * between them is read along.
 *
 * <p>Used by one thread at a time.
 */
final class RangeReader {
  /** A gap up to this is read along: cheaper than another request to a data node. */
  static final int JOINED_GAP_BYTES = 64 << 10;

  static final int MAX_RANGE_BYTES = 8 << 20;

  private final ShardSet set;
  private final ShardAccess access;
  private final SampleTables tables;
  private long bytesRead;

  RangeReader(ShardSet set, ShardAccess access, SampleTables tables) {
    this.set = set;
    this.access = access;
    this.tables = tables;
  }

  long bytesRead() {
    return bytesRead;
  }

  /** Bytes of a sample's file. */
  int bytes(SampleId id) throws IOException {
    return tables.table(id.shard()).length(id.sample());
  }

  /** The samples in the order asked for. */
  List<Fetched> read(List<SampleId> ids) throws IOException {
    Fetched[] fetched = new Fetched[ids.size()];
    int[] sorted =
        IntStream.range(0, ids.size())
            .boxed()
            .sorted(
                Comparator.<Integer>comparingInt(i -> ids.get(i).shard())
                    .thenComparingInt(i -> ids.get(i).sample()))
            .mapToInt(Integer::intValue)
            .toArray();
    int from = 0;
    while (from < sorted.length) {
      int shard = ids.get(sorted[from]).shard();
      int to = from + 1;
      while (to < sorted.length && ids.get(sorted[to]).shard() == shard) {
        to++;
      }
      readShard(shard, ids, sorted, from, to, fetched);
      from = to;
    }
    return List.of(fetched);
  }

  private void readShard(
      int shard, List<SampleId> ids, int[] sorted, int from, int to, Fetched[] fetched)
      throws IOException {
    SampleTable table = tables.table(shard);
    try (FSDataInputStream in = access.open(shard)) {
      List<SampleId> run = new ArrayList<>();
      int first = from;
      for (int i = from; i < to; i++) {
        SampleId id = ids.get(sorted[i]);
        if (!run.isEmpty() && !joins(table, run, id)) {
          readRange(in, table, run, sorted, first, fetched);
          run.clear();
          first = i;
        }
        run.add(id);
      }
      readRange(in, table, run, sorted, first, fetched);
    }
  }

  private static boolean joins(SampleTable table, List<SampleId> run, SampleId next) {
    long start = table.offset(run.get(0).sample());
    long end = end(table, run.get(run.size() - 1));
    long gap = table.offset(next.sample()) - end;
    return gap <= JOINED_GAP_BYTES && end(table, next) - start <= MAX_RANGE_BYTES;
  }

  private static long end(SampleTable table, SampleId id) {
    return table.offset(id.sample()) + table.length(id.sample());
  }

  private void readRange(
      FSDataInputStream in,
      SampleTable table,
      List<SampleId> run,
      int[] sorted,
      int first,
      Fetched[] fetched)
      throws IOException {
    long start = table.offset(run.get(0).sample());
    byte[] bytes = new byte[Math.toIntExact(end(table, run.get(run.size() - 1)) - start)];
    String shardName = set.shards().get(run.get(0).shard()).name();
    try {
      in.readFully(start, bytes, 0, bytes.length);
    } catch (EOFException e) {
      throw new ShardException(
          "Truncated shard "
              + set.shardPath(run.get(0).shard())
              + ": no "
              + bytes.length
              + " bytes at offset "
              + start
              + "; copy it again, or make the shards again",
          e);
    }
    bytesRead += bytes.length;
    for (int i = 0; i < run.size(); i++) {
      SampleId id = run.get(i);
      int offset = (int) (table.offset(id.sample()) - start);
      if (!table.matches(id.sample(), bytes, offset)) {
        throw new ShardException(
            "Damaged shard "
                + shardName
                + " at "
                + set.directory()
                + ": the sample at offset "
                + table.offset(id.sample())
                + " has another checksum than when it was written; copy the shard again, or make"
                + " the shards again");
      }
      fetched[sorted[first + i]] = new Fetched(id, shardName, table, bytes, offset);
    }
  }
}
