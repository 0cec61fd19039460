package io.earlybird.data.batch;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;

/** Opens shards for positioned reads. */
interface ShardAccess {
  FSDataInputStream open(int shard) throws IOException;
}
