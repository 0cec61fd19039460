/**
 * Faults on purpose: trainings of separate processes on a real HDFS, struck at chosen moments.
 *
 * <p>Start with {@link io.earlybird.spark.faults.FaultSuiteTest}. Driver and executors announce
 * what they are about to do over loopback ({@code Announcer}) and wait for the answer; Spark's
 * plugins and listeners and Hadoop's choice of file system classes bring that in, so that nothing
 * of the product knows of it. The {@code Schedule} draws which of these moments a fault strikes.
 */
package io.earlybird.spark.faults;
