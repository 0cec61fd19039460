package io.earlybird.spark.round;

import org.apache.spark.SparkConf;

/**
 * How Spark runs the tasks of rounds and moves their states.
 *
 * <p>Weights hardly compress. Their broadcast is checked block by block; a checksum of shuffle
 * files would be looked at only to explain damage that decompression finds, which there is none of.
 * With the sorting shuffle a task writes one file where the other way writes a file for each slice
 * first and then copies them together. A slice that is combined comes from all tasks alike, so that
 * waiting for the executor that holds most of it gains nothing.
 */
public final class Transport {
  private Transport() {}

  /**
   * Adds the settings. Those of moving are the user's to change; that a task has the cores of its
   * replica, and that no task is run twice at a time, is not.
   *
   * @param threads of one replica
   */
  public static SparkConf configure(SparkConf conf, int threads) {
    return conf.set("spark.task.cpus", Integer.toString(threads))
        .set("spark.speculation", "false")
        .setIfMissing("spark.broadcast.compress", "false")
        .setIfMissing("spark.broadcast.blockSize", "8m")
        .setIfMissing("spark.shuffle.compress", "false")
        .setIfMissing("spark.shuffle.checksum.enabled", "false")
        .setIfMissing("spark.shuffle.sort.bypassMergeThreshold", "1")
        .setIfMissing("spark.shuffle.reduceLocality.enabled", "false");
  }
}
