package io.earlybird.pruning.policy;

import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.model.random.Seeds;
import io.earlybird.pruning.mask.Mask;
import io.earlybird.pruning.surgery.ChannelSurgery;
import io.earlybird.pruning.surgery.Cut;
import io.earlybird.pruning.surgery.GroupRule;
import io.earlybird.pruning.surgery.WidthTransfer;

/**
 * Draws the ticket that a mask describes (specification 1.8).
 *
 * <p>Inherited values follow the paper; the authors' released script for full precision trains
 * fresh values instead. A re-initialized ticket is a fresh network of its structure: nothing of it
 * is zeroed or held.
 */
final class TicketDrawer {
  private final EarlyBirdOptions options;
  private final long seed;

  TicketDrawer(EarlyBirdOptions options, long seed) {
    this.options = options;
    this.seed = seed;
  }

  Ticket draw(TrainingState state, EarlyBirdMemory memory, Mask mask) {
    if (options.surgery().rule() == GroupRule.WIDTH_TRANSFER) {
      int multiple = options.surgery().channelMultiple();
      return fresh(WidthTransfer.narrow(state.network(), mask, multiple), state);
    }
    Cut cut = ChannelSurgery.cut(state.network(), state.parameters(), mask, options.surgery());
    return switch (options.inherit()) {
      case REINIT -> fresh(cut.network(), state);
      case INHERIT -> inherited(cut, state, state.parameters(), options.inheritMomentum());
      case REWIND -> inherited(cut, state, initial(state, memory), false);
    };
  }

  private Ticket fresh(Network network, TrainingState state) {
    long ticketSeed = Seeds.derive(Seeds.derive(seed, "ticket"), state.completedEpochs());
    Parameters values = Initialization.draw(network, ticketSeed);
    return new Ticket(network, values, Parameters.zeros(values.layout()), HeldEntries.none());
  }

  private static Ticket inherited(
      Cut cut, TrainingState state, Parameters dense, boolean momentum) {
    Parameters values = cut.parameters(dense);
    Parameters velocity =
        momentum ? cut.momentum(state.momentum()) : Parameters.zeros(values.layout());
    return new Ticket(cut.network(), values, velocity, cut.held(state.held()));
  }

  private static Parameters initial(TrainingState state, EarlyBirdMemory memory) {
    EarlyBirdMemory.Values values =
        memory
            .initial()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "Cannot rewind: the values before the first epoch are not stored; start"
                            + " the run anew with inherit = rewind"));
    return new Parameters(ParameterLayout.of(state.network()), values.array);
  }
}
