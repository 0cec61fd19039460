package io.earlybird.data.ingest;

import io.earlybird.data.shard.Samples;
import java.io.IOException;
import java.util.List;

/** The samples of an opened source; closing frees what {@link Samples#sample} reads from. */
public interface IngestData extends AutoCloseable {
  /** Names of the classes, by label. */
  List<String> classes();

  /** Training samples. */
  Samples train();

  /** Validation samples; may be none. */
  Samples validation();

  @Override
  void close() throws IOException;
}
