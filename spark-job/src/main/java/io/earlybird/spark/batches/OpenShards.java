package io.earlybird.spark.batches;

import io.earlybird.data.batch.BatchSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;

/** The batch sources of this process: one for each set of shards, shared by all tasks. */
public final class OpenShards {
  private static final Map<Shards, BatchSource> SOURCES = new HashMap<>();

  private OpenShards() {}

  static synchronized BatchSource source(Shards shards) throws IOException {
    BatchSource open = SOURCES.get(shards);
    if (open == null) {
      open = open(shards);
      SOURCES.put(shards, open);
    }
    return open;
  }

  /** Closes all sources; no task may be reading. */
  public static synchronized void closeAll() {
    SOURCES.values().forEach(BatchSource::close);
    SOURCES.clear();
  }

  private static BatchSource open(Shards shards) throws IOException {
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(SparkEnv.get().conf());
    return shards.cacheDirectory().isEmpty()
        ? BatchSource.direct(shards.set(), hadoop, shards.settings())
        : BatchSource.cached(
            shards.set(), hadoop, shards.settings(), Path.of(shards.cacheDirectory()));
  }
}
