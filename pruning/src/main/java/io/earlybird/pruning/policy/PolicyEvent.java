package io.earlybird.pruning.policy;

import io.earlybird.model.cost.OperationCount;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.pruning.weights.PrunableWeights;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a policy reports besides its answer. */
public sealed interface PolicyEvent {
  /** Completed epochs when it happened. */
  int epoch();

  /** Pruning ratio that it is about, in [0, 1). */
  double ratio();

  /**
   * A ticket has emerged.
   *
   * @param detector name of the detector
   * @param distances that it looked at, the oldest first
   * @param ticket what to save under {@code tickets/}
   */
  record TicketEmerged(
      int epoch, double ratio, String detector, List<Double> distances, Ticket ticket)
      implements PolicyEvent {
    public TicketEmerged {
      distances = List.copyOf(distances);
    }
  }

  /**
   * The run goes on with the ticket.
   *
   * @param mode group rule of the surgery, for example {@code union}
   * @param denseParameters trainable values before
   * @param parameters trainable values afterwards
   * @param densePaperFlops FLOPs of one image forward before (specification 7.1 T)
   * @param paperFlops the same afterwards
   * @param keptChannels kept channels of each batch norm, in the order of the network
   */
  record Switched(
      int epoch,
      double ratio,
      String mode,
      long denseParameters,
      long parameters,
      long densePaperFlops,
      long paperFlops,
      Map<String, Integer> keptChannels)
      implements PolicyEvent {
    public Switched {
      keptChannels = Collections.unmodifiableMap(new LinkedHashMap<>(keptChannels));
    }

    /** The event of a switch from a state to a ticket. */
    public static Switched of(TrainingState dense, Ticket ticket, double ratio, String mode) {
      OperationCount before = OperationCount.of(dense.network());
      OperationCount after = OperationCount.of(ticket.network());
      return new Switched(
          dense.completedEpochs(),
          ratio,
          mode,
          before.parameters(),
          after.parameters(),
          before.paperFlops(),
          after.paperFlops(),
          widths(ticket.network()));
    }

    /** Width of each batch norm, in order. */
    private static Map<String, Integer> widths(Network network) {
      Map<String, Integer> widths = new LinkedHashMap<>();
      for (BatchNorm norm : network.nodes(BatchNorm.class)) {
        widths.put(norm.name(), network.shape(norm.name()).channels());
      }
      return widths;
    }
  }

  /**
   * Single weights have been masked.
   *
   * @param ratio share of the prunable weights that is held at zero
   * @param method name of the policy
   * @param weights prunable weights
   * @param active those that are not held
   */
  record Pruned(int epoch, double ratio, String method, int weights, int active)
      implements PolicyEvent {
    /** The event of a mask. */
    public static Pruned of(
        TrainingState state, String method, PrunableWeights weights, HeldEntries held) {
      return new Pruned(
          state.completedEpochs(),
          weights.sparsity(held),
          method,
          weights.count(),
          weights.active(held));
    }
  }
}
