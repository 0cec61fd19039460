package io.earlybird.model.engine;

import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.Parameters;
import java.util.Map;
import java.util.Set;

/**
 * One copy of a network with its values and momentum on one device.
 *
 * <p>Used by one thread at a time. Batches of any size are accepted in any order; after the first
 * step of a shape nothing is allocated. A batch that leaves a batch norm with a single value per
 * channel is refused in training with an {@link IllegalArgumentException} that names the layer.
 */
public interface Replica extends AutoCloseable {
  /** The structure. */
  Network network();

  /** Replaces all values and the momentum; both have the layout of the network. */
  void load(Parameters parameters, Parameters momentum);

  /** Copies the values, running statistics included, into {@code into}. */
  void readParameters(Parameters into);

  /** Copies the momentum into {@code into}; entries of running statistics become 0. */
  void readMomentum(Parameters into);

  /**
   * Forward, backward, update.
   *
   * <p>If the loss is not finite the values afterwards are of no use; the caller must look at the
   * result.
   *
   * @throws IllegalArgumentException if the engine refuses the rule, or the batch does not fit the
   *     network
   */
  StepResult step(Batch batch, StepRule rule);

  /**
   * Gradient of the mean loss in training mode, without decay, L1 or update; running statistics
   * stay as they are.
   *
   * @param labelSmoothing in [0, 1)
   * @param into receives the gradient; entries of running statistics become 0
   */
  StepResult gradients(Batch batch, double labelSmoothing, Parameters into);

  /** Logits [N, classes] in a new array. */
  float[] logits(Batch batch, Mode mode);

  /** Outputs [N, C, H, W] of the named nodes, each in a new array. */
  Map<String, float[]> activations(Batch batch, Set<String> nodes, Mode mode);

  /** Frees what the replica holds. */
  @Override
  void close();
}
