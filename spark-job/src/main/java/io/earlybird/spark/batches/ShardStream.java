package io.earlybird.spark.batches;

import io.earlybird.data.batch.BatchReader;
import io.earlybird.data.batch.ReadReport;
import io.earlybird.model.engine.Batch;
import java.io.IOException;

/** Batches read from shards. */
record ShardStream(BatchReader reader) implements BatchStream {
  @Override
  public boolean next() throws IOException {
    return reader.next();
  }

  @Override
  public int step() {
    return reader.step();
  }

  @Override
  public Batch batch() {
    return reader.batch();
  }

  @Override
  public ReadReport report() {
    return reader.report();
  }

  @Override
  public void close() {
    reader.close();
  }
}
