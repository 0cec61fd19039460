package io.earlybird.data.batch;

import io.earlybird.data.shard.SampleTable;
import io.earlybird.data.shard.ShardSet;
import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.hadoop.conf.Configuration;

/** Sidecars of the shards that were used, each read once; for any thread. */
final class SampleTables {
  private final ShardSet set;
  private final Configuration hadoop;
  private final ConcurrentMap<Integer, SampleTable> tables = new ConcurrentHashMap<>();

  SampleTables(ShardSet set, Configuration hadoop) {
    this.set = set;
    this.hadoop = hadoop;
  }

  SampleTable table(int shard) throws IOException {
    SampleTable known = tables.get(shard);
    if (known != null) {
      return known;
    }
    SampleTable read = SampleTable.read(set, shard, hadoop);
    tables.put(shard, read);
    return read;
  }
}
