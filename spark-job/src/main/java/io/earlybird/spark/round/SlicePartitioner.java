package io.earlybird.spark.round;

import org.apache.spark.Partitioner;

/** One partition for each slice, and one for what closes a round. */
final class SlicePartitioner extends Partitioner {
  private static final long serialVersionUID = 1;

  private final int partitions;

  SlicePartitioner(int partitions) {
    this.partitions = partitions;
  }

  @Override
  public int numPartitions() {
    return partitions;
  }

  @Override
  public int getPartition(Object slice) {
    return (Integer) slice;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SlicePartitioner that && partitions == that.partitions;
  }

  @Override
  public int hashCode() {
    return partitions;
  }
}
