package io.earlybird.pruning.policy;

import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.Parameters;

/**
 * A small network with the values that retraining begins from.
 *
 * <p>If the run goes on with it, the arrays are those that training will change: save it first.
 *
 * @param network structure
 * @param parameters values in its layout
 * @param momentum same layout
 * @param held entries to hold at zero
 */
public record Ticket(
    Network network, Parameters parameters, Parameters momentum, HeldEntries held) {}
