package io.earlybird.spark.round;

import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.spark.replica.ReplicaKey;

/**
 * The shared state at the start of a round, and what to do with it.
 *
 * @param key what replicas are opened with
 * @param network structure
 * @param steps which steps, at which learning rates
 * @param rule update; its learning rate is replaced step by step
 * @param parameters shared values; not changed
 * @param momentum shared momentum; not changed
 */
public record RoundRequest(
    ReplicaKey key,
    Network network,
    RoundSteps steps,
    StepRule rule,
    Parameters parameters,
    Parameters momentum) {}
