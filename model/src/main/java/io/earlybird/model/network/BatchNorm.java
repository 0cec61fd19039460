package io.earlybird.model.network;

import io.earlybird.model.network.TensorSpec.Role;
import java.util.List;

/**
 * Batch normalization over N, H and W (specification 0.4).
 *
 * <p>In training y = gamma * (x - mean) / sqrt(var + {@link #EPSILON}) + beta with the biased
 * variance of the batch; running statistics move by {@link #RUNNING_FACTOR} towards the batch mean
 * and the unbiased batch variance. In evaluation the running statistics take their place. Tensors:
 * {@code NAME.weight} (gamma), {@code NAME.bias} (beta), {@code NAME.running_mean}, {@code
 * NAME.running_var}, all [C].
 *
 * @param initialGamma gamma of a fresh network (0.5 for the CIFAR networks of the paper, 1
 *     otherwise)
 */
public record BatchNorm(String name, String source, double initialGamma) implements Node {
  /** Added to the variance before the square root. */
  public static final double EPSILON = 1e-5;

  /** Weight of the newest batch in the running statistics. */
  public static final double RUNNING_FACTOR = 0.1;

  @Override
  public List<String> sources() {
    return List.of(source);
  }

  @Override
  public Shape outputShape(List<Shape> inputs) {
    return inputs.get(0);
  }

  @Override
  public List<TensorSpec> tensors(List<Shape> inputs) {
    List<Integer> shape = List.of(inputs.get(0).channels());
    return List.of(
        new TensorSpec(gamma(), shape, Role.GAMMA, new Distribution.Constant(initialGamma)),
        new TensorSpec(beta(), shape, Role.BETA, new Distribution.Constant(0)),
        new TensorSpec(runningMean(), shape, Role.RUNNING_MEAN, new Distribution.Constant(0)),
        new TensorSpec(
            runningVariance(), shape, Role.RUNNING_VARIANCE, new Distribution.Constant(1)));
  }

  /** Name of the scale tensor. */
  public String gamma() {
    return name + ".weight";
  }

  /** Name of the shift tensor. */
  public String beta() {
    return name + ".bias";
  }

  /** Name of the running mean. */
  public String runningMean() {
    return name + ".running_mean";
  }

  /** Name of the running variance. */
  public String runningVariance() {
    return name + ".running_var";
  }

  @Override
  public BatchNorm reading(List<String> newSources) {
    return new BatchNorm(name, newSources.get(0), initialGamma);
  }
}
