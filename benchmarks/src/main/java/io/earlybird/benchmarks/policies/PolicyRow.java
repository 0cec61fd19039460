package io.earlybird.benchmarks.policies;

/**
 * What one decision of a policy takes.
 *
 * @param policy name
 * @param values trainable values of the network
 * @param cpuSeconds of the one thread, median
 * @param seconds on the clock, median
 * @param laps that were measured
 */
public record PolicyRow(String policy, int values, double cpuSeconds, double seconds, int laps) {}
