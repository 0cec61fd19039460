package io.earlybird.spark.round;

import io.earlybird.model.parameters.Parameters;

/**
 * The mean of the replicas after a round.
 *
 * @param parameters mean values, running statistics included
 * @param momentum mean momentum
 * @param metrics what was seen on the way
 */
public record RoundResult(Parameters parameters, Parameters momentum, RoundMetrics metrics) {}
