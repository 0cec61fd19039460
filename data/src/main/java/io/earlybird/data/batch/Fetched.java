package io.earlybird.data.batch;

import io.earlybird.data.order.SampleId;
import io.earlybird.data.shard.SampleTable;

/**
 * The file of a sample in memory, as a part of the bytes that were read with it; a plain class,
 * because records hold no arrays.
 */
final class Fetched {
  private final SampleId id;
  private final String shard;
  private final SampleTable table;
  private final byte[] bytes;
  private final int offset;

  Fetched(SampleId id, String shard, SampleTable table, byte[] bytes, int offset) {
    this.id = id;
    this.shard = shard;
    this.table = table;
    this.bytes = bytes;
    this.offset = offset;
  }

  SampleId id() {
    return id;
  }

  int label() {
    return table.label(id.sample());
  }

  byte[] bytes() {
    return bytes;
  }

  int offset() {
    return offset;
  }

  int length() {
    return table.length(id.sample());
  }

  /** Shard and offset, for messages. */
  String describe() {
    return shard + " at offset " + table.offset(id.sample());
  }
}
