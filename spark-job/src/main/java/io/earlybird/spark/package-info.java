/**
 * Command line, configuration, epoch loop, averaging, checkpoints and report: the only part of
 * Earlybird that sees Spark.
 */
package io.earlybird.spark;
