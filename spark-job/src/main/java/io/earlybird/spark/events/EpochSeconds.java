package io.earlybird.spark.events;

/**
 * Wall clock time of an epoch by stage, in seconds.
 *
 * @param total of the epoch
 * @param compute in engines
 * @param data waiting for batches
 * @param broadcast of the state
 * @param average joining replicas, scheduling included
 * @param evaluate on the validation set
 * @param mask masks, distances, detection and surgery
 * @param checkpoint writing the state
 */
public record EpochSeconds(
    double total,
    double compute,
    double data,
    double broadcast,
    double average,
    double evaluate,
    double mask,
    double checkpoint) {}
