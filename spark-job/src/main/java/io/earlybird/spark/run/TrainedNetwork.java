package io.earlybird.spark.run;

import io.earlybird.pruning.policy.TrainingState;

/**
 * A checkpoint or ticket as evaluation and prediction need it.
 *
 * @param state network and values
 * @param input what to feed it with
 */
public record TrainedNetwork(TrainingState state, InputDescription input) {
  public TrainedNetwork {
    if (input.classes().size() != state.network().classes()) {
      throw new IllegalArgumentException(
          "Invalid description of the input: "
              + input.classes().size()
              + " classes for the network "
              + state.network());
    }
  }
}
