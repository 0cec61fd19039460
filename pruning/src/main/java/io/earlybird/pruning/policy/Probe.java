package io.earlybird.pruning.policy;

import io.earlybird.model.parameters.Parameters;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measurements on training data, answered by whoever runs the policy with a distributed job.
 *
 * <p>Answers are functions of the state and the run's seed: the same request gives the same bits.
 * Batches are the first ones in the order of the coming epoch.
 */
public interface Probe {
  /** Mean gradient of the loss over some global batches, in the layout of the network. */
  Parameters gradients(TrainingState state, int batches);

  /** Outputs [N, C, H, W] of the named nodes, one map for each batch, in training mode. */
  List<Map<String, float[]>> activations(TrainingState state, Set<String> nodes, int batches);

  /** The values of the state with running statistics estimated anew from some global batches. */
  Parameters batchNormStatistics(TrainingState state, int batches);
}
