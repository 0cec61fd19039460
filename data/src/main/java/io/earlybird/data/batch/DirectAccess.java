package io.earlybird.data.batch;

import io.earlybird.data.shard.FileSystems;
import io.earlybird.data.shard.ShardException;
import io.earlybird.data.shard.ShardSet;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/** Reads shards where they are. */
record DirectAccess(ShardSet set, Configuration hadoop) implements ShardAccess {
  @Override
  public FSDataInputStream open(int shard) throws IOException {
    Path path = set.shardPath(shard);
    try {
      return FileSystems.of(path, hadoop).open(path);
    } catch (FileNotFoundException e) {
      throw new ShardException(
          "Missing shard " + path + ": copy it again, or make the shards again", e);
    }
  }
}
