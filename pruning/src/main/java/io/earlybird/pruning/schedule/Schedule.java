package io.earlybird.pruning.schedule;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serializable;
import java.util.OptionalInt;

/**
 * Learning rate of every step of a run.
 *
 * <p>A pure function of its arguments: nothing is remembered from step to step, so that resuming
 * anywhere gives the same rates. The step is counted in the epoch, never in a round of averaging.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ConstantRate.class, name = "constant"),
  @JsonSubTypes.Type(value = StepDecay.class, name = "step"),
  @JsonSubTypes.Type(value = LinearDecay.class, name = "linear"),
  @JsonSubTypes.Type(value = CosineDecay.class, name = "cosine"),
  @JsonSubTypes.Type(value = WarmUp.class, name = "warm-up"),
  @JsonSubTypes.Type(value = Restarted.class, name = "restarted"),
  @JsonSubTypes.Type(value = Compressed.class, name = "compressed"),
  @JsonSubTypes.Type(value = Retraining.class, name = "retraining")
})
public sealed interface Schedule extends Serializable
    permits ConstantRate,
        StepDecay,
        LinearDecay,
        CosineDecay,
        WarmUp,
        Restarted,
        Compressed,
        Retraining {
  /**
   * Rate that the step applies.
   *
   * @param epoch 0-based, over the whole run
   * @param step 0-based, in the epoch
   * @param stepsPerEpoch I, the same for all epochs of a run
   * @throws IllegalArgumentException if the step is not in the epoch, or the epoch is past the
   *     horizon
   */
  double learningRate(int epoch, int step, int stepsPerEpoch);

  /**
   * Number of epochs that the whole curve is stretched over; empty if rates do not depend on the
   * length of the run, which may then grow.
   */
  OptionalInt horizon();

  /** One line for logs, for example {@code 0.1 x 0.1 at epochs [80, 120]}. */
  String describe();
}
