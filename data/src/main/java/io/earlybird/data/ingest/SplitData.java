package io.earlybird.data.ingest;

import io.earlybird.data.shard.Samples;
import java.util.List;

/** Data that holds nothing open. */
record SplitData(List<String> classes, Samples train, Samples validation) implements IngestData {
  SplitData {
    classes = List.copyOf(classes);
  }

  @Override
  public void close() {}
}
