/**
 * Directories that a run writes to and reads from, on local disks, HDFS and object stores.
 *
 * <p>Start with {@link io.earlybird.spark.store.FileStore}. A file is written whole or not at all;
 * errors name the place and the remedy. This package knows nothing of runs, settings or Spark.
 */
package io.earlybird.spark.store;
