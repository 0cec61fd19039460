/**
 * What YARN wants of a job: an archive of its jars that nodes fetch once, and an end that its
 * driver container reports.
 *
 * <p>Start with {@link io.earlybird.spark.yarn.JobArchive}. This package knows nothing of training
 * and nothing of the command line.
 */
package io.earlybird.spark.yarn;
