/**
 * What YARN wants of a job: an archive of its jars that nodes fetch once, a shell that lets the
 * driver finish its round, and an end that the driver's container reports.
 *
 * <p>Start with {@link io.earlybird.spark.yarn.JobArchive}. This package knows nothing of training
 * and nothing of the command line.
 */
package io.earlybird.spark.yarn;
