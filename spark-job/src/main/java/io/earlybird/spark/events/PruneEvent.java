package io.earlybird.spark.events;

import java.time.Instant;

/**
 * Single weights have been masked; the network keeps its structure.
 *
 * @param epoch completed epochs
 * @param ratio share of the prunable weights that is held at zero
 * @param method name of the policy
 * @param weights prunable weights
 * @param active those that are not held
 * @param top1Before validation top-1 of the epoch before; NaN, and absent, before the first epoch
 * @param top1After the same right afterwards, before any training
 */
public record PruneEvent(
    Instant time,
    int epoch,
    double ratio,
    String method,
    int weights,
    int active,
    double top1Before,
    double top1After)
    implements Event {}
