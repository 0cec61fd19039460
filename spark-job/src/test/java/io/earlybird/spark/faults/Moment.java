package io.earlybird.spark.faults;

/**
 * A moment that a process has announced.
 *
 * @param pid the process
 * @param phase what it is about to do
 * @param item what that belongs to: the description of a Spark job, or {@code checkpoint NAME}
 * @param detail the file, or what is done to it
 */
record Moment(long pid, Phase phase, String item, String detail) {}
