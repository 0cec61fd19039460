package io.earlybird.engine.dl4j;

import io.earlybird.engine.dl4j.layers.ArraySource;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The arrays of one replica: each layer keeps its own, gradients come from a pool.
 *
 * <p>After the first step of the largest batch nothing is allocated. Owns everything until closed.
 */
final class ReusedArrays implements ArraySource, AutoCloseable {
  /** By owner's identity: DL4J's vertices hash the values of their arrays. */
  private final IdentityHashMap<Object, Map<String, GrowingArray>> kept = new IdentityHashMap<>();

  private final DataType activations;
  private final GradientPool gradients;
  private INDArray collected;

  /** Arrays whose activations and gradients of activations have that type. */
  ReusedArrays(DataType activations) {
    this.activations = activations;
    this.gradients = new GradientPool(activations);
  }

  @Override
  public INDArray output(Object owner, long... shape) {
    return keptArray(owner, "output", activations, shape);
  }

  @Override
  public INDArray logits(Object owner, long... shape) {
    return keptArray(owner, "logits", DataType.FLOAT, shape);
  }

  @Override
  public INDArray kept(Object owner, String use, long bytes) {
    return keptArray(owner, use, DataType.INT8, bytes);
  }

  @Override
  public INDArray keptVector(Object owner, String use, long length) {
    return keptArray(owner, use, DataType.FLOAT, length);
  }

  private INDArray keptArray(Object owner, String use, DataType type, long... shape) {
    return kept.computeIfAbsent(owner, key -> new HashMap<>())
        .computeIfAbsent(use, key -> new GrowingArray(type))
        .shaped(shape);
  }

  @Override
  public INDArray gradient(long... shape) {
    return gradients.lend(shape);
  }

  @Override
  public INDArray inPlaceOf(INDArray gradient) {
    return gradients.exclusive(gradient) ? shared(gradient) : gradient(gradient.shape());
  }

  /** Says what the next layer may add to; null if there is nothing. */
  void offer(INDArray gradient) {
    collected = gradient != null && gradients.exclusive(gradient) ? gradient : null;
  }

  @Override
  public Optional<INDArray> collected() {
    return Optional.ofNullable(collected);
  }

  /** The gradient itself, with one more reader. */
  @Override
  public INDArray shared(INDArray gradient) {
    gradients.addReader(gradient);
    return gradient;
  }

  GradientPool gradients() {
    return gradients;
  }

  @Override
  public void close() {
    kept.values().forEach(arrays -> arrays.values().forEach(GrowingArray::close));
    kept.clear();
    gradients.close();
  }
}
