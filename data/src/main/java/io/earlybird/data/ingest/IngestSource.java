package io.earlybird.data.ingest;

import java.io.IOException;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/** A kind of input with its settings; nothing is read before it is opened. */
public interface IngestSource extends Serializable {
  /**
   * What the shards are made from, as {@code index.json} records it: kind and settings, no paths,
   * so that equal data has an equal fingerprint everywhere.
   */
  String description();

  /**
   * Lists the samples.
   *
   * @throws io.earlybird.data.shard.ShardException if the input is missing or not of this kind; the
   *     message names the file and the remedy
   */
  IngestData open(Configuration hadoop) throws IOException;
}
