package io.earlybird.pruning.policy;

import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;

/**
 * All that training goes on from, between epochs.
 *
 * @param completedEpochs epochs trained so far, at least 0
 * @param generation how often the network has been replaced, 0 for the dense one
 * @param phase search or retrain
 * @param network structure
 * @param parameters values in the layout of the network, running statistics included
 * @param momentum same layout; entries of running statistics are 0
 * @param memory what the policy remembers
 * @param held entries that every step holds at zero
 */
public record TrainingState(
    int completedEpochs,
    int generation,
    Phase phase,
    Network network,
    Parameters parameters,
    Parameters momentum,
    PolicyMemory memory,
    HeldEntries held) {
  public TrainingState {
    if (completedEpochs < 0 || generation < 0) {
      throw new IllegalArgumentException(
          "Invalid state: completed epochs " + completedEpochs + ", generation " + generation);
    }
    ParameterLayout layout = ParameterLayout.of(network);
    if (!layout.equals(parameters.layout()) || !layout.equals(momentum.layout())) {
      throw new IllegalArgumentException(
          "Invalid state: network "
              + network
              + " has "
              + layout.length()
              + " values, parameters have "
              + parameters.values().length
              + ", momentum has "
              + momentum.values().length
              + ", or their tensors differ");
    }
    held.requireWithin(layout);
  }

  /** Before the first epoch: no momentum, no memory, nothing held. */
  public static TrainingState initial(Network network, Parameters parameters) {
    return new TrainingState(
        0,
        0,
        Phase.SEARCH,
        network,
        parameters,
        Parameters.zeros(parameters.layout()),
        PolicyMemory.empty(),
        HeldEntries.none());
  }

  /** After one more epoch that has left these values. */
  public TrainingState trained(Parameters newParameters, Parameters newMomentum) {
    return new TrainingState(
        completedEpochs + 1, generation, phase, network, newParameters, newMomentum, memory, held);
  }

  /** The same state with another memory. */
  public TrainingState remembering(PolicyMemory newMemory) {
    return new TrainingState(
        completedEpochs, generation, phase, network, parameters, momentum, newMemory, held);
  }

  /** What goes on with a ticket in place of the network, in the next generation. */
  public TrainingState switched(Ticket ticket, PolicyMemory newMemory) {
    return new TrainingState(
        completedEpochs,
        generation + 1,
        Phase.RETRAIN,
        ticket.network(),
        ticket.parameters(),
        ticket.momentum(),
        newMemory,
        ticket.held());
  }

  /**
   * The same state with these entries held from now on, in place of those that were. They are set
   * to zero, in value and momentum, in the arrays of this state.
   */
  public TrainingState holding(HeldEntries entries, Phase newPhase) {
    entries.zero(parameters.values());
    entries.zero(momentum.values());
    return new TrainingState(
        completedEpochs, generation, newPhase, network, parameters, momentum, memory, entries);
  }

  /**
   * The same state with these entries held from now on, in place of those that were. Their values
   * are set to zero in the array of this state; their momentum stays.
   */
  public TrainingState masking(HeldEntries entries) {
    entries.zero(parameters.values());
    return new TrainingState(
        completedEpochs, generation, phase, network, parameters, momentum, memory, entries);
  }

  /** The same state with other values and no momentum. */
  public TrainingState restarting(Parameters newParameters) {
    return new TrainingState(
        completedEpochs,
        generation,
        phase,
        network,
        newParameters,
        Parameters.zeros(newParameters.layout()),
        memory,
        held);
  }
}
