package io.earlybird.engine.torch;

import io.earlybird.model.network.TensorSpec;
import io.earlybird.model.network.TensorSpec.Role;
import io.earlybird.model.parameters.ParameterLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * The flat tensors of a replica: values, momentum, running statistics, and the gradients of
 * vectors.
 *
 * <p>Trainable values stand in the order gammas, other vectors, weights, so that the L1 push and
 * the update of all vectors are one call each. Convolution kernels lie in channels-last order [O,
 * kH, kW, I].
 */
final class Tensors implements AutoCloseable {
  /**
   * One tensor of the network.
   *
   * @param entry place in the layout of the network
   * @param value view of the values
   * @param momentum view of the momentum; null for running statistics
   * @param gradient view of the gradients of vectors; null for weights and running statistics
   */
  record Parameter(ParameterLayout.Entry entry, Tensor value, Tensor momentum, Tensor gradient) {
    boolean trainable() {
      return momentum != null;
    }

    boolean vector() {
      return entry.spec().shape().size() == 1;
    }
  }

  private final Owned owned = new Owned();
  private final ParameterLayout layout;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Tensor values;
  private final Tensor momentum;
  private final Tensor statistics;
  private final Tensor vectorGradients;
  private final List<Parameter> weights;
  private final int gammas;
  private final int vectors;

  Tensors(ParameterLayout layout, Placement placement) {
    this.layout = layout;
    gammas = length(layout.entries(Role.GAMMA));
    vectors = length(entries(layout, true, true));
    try (PointerScope scope = new PointerScope()) {
      values = owned.keep(placement.zeros(layout.trainableLength()));
      momentum = owned.keep(placement.zeros(layout.trainableLength()));
      statistics = owned.keep(placement.zeros(layout.length() - layout.trainableLength()));
      vectorGradients = owned.keep(placement.zeros(vectors));
      int offset = addTrainable(layout.entries(Role.GAMMA), 0);
      for (ParameterLayout.Entry entry : entries(layout, true, true)) {
        if (entry.spec().role() != Role.GAMMA) {
          offset = addTrainable(List.of(entry), offset);
        }
      }
      addTrainable(entries(layout, true, false), offset);
      addStatistics(entries(layout, false, true));
    }
    weights = parameters.values().stream().filter(parameter -> !parameter.vector()).toList();
  }

  private static List<ParameterLayout.Entry> entries(
      ParameterLayout layout, boolean trainable, boolean vector) {
    return layout.entries().stream()
        .filter(entry -> entry.spec().role().trainable() == trainable)
        .filter(entry -> (entry.spec().shape().size() == 1) == vector)
        .toList();
  }

  private static int length(List<ParameterLayout.Entry> entries) {
    return entries.stream().mapToInt(ParameterLayout.Entry::length).sum();
  }

  private int addTrainable(List<ParameterLayout.Entry> entries, int start) {
    int offset = start;
    for (ParameterLayout.Entry entry : entries) {
      Tensor value = owned.keep(view(values, entry, offset));
      Tensor speed = owned.keep(view(momentum, entry, offset));
      boolean vector = entry.spec().shape().size() == 1;
      Tensor gradient = vector ? owned.keep(view(vectorGradients, entry, offset)) : null;
      parameters.put(entry.name(), new Parameter(entry, value, speed, gradient));
      offset += entry.length();
    }
    return offset;
  }

  private void addStatistics(List<ParameterLayout.Entry> entries) {
    int offset = 0;
    for (ParameterLayout.Entry entry : entries) {
      Tensor value = owned.keep(view(statistics, entry, offset));
      parameters.put(entry.name(), new Parameter(entry, value, null, null));
      offset += entry.length();
    }
  }

  /** A view in the order of this class: kernels channels-last, everything else in C order. */
  private static Tensor view(Tensor flat, ParameterLayout.Entry entry, long offset) {
    TensorSpec spec = entry.spec();
    Tensor part = flat.narrow(0, offset, entry.length());
    return switch (spec.shape().size()) {
      case 1 -> part;
      case 4 ->
          part.view(spec.extent(0), spec.extent(2), spec.extent(3), spec.extent(1))
              .permute(0, 3, 1, 2);
      default -> part.view(shape(spec));
    };
  }

  private static long[] shape(TensorSpec spec) {
    return spec.shape().stream().mapToLong(Integer::longValue).toArray();
  }

  ParameterLayout layout() {
    return layout;
  }

  /** All tensors of the network. */
  List<Parameter> all() {
    return List.copyOf(parameters.values());
  }

  /** Weights of convolutions and linear nodes. */
  List<Parameter> weights() {
    return weights;
  }

  /** The tensor of that name. */
  Parameter named(String tensor) {
    return parameters.get(tensor);
  }

  /** All trainable values. */
  Tensor values() {
    return values;
  }

  /** Momentum, in the order of {@link #values}. */
  Tensor momentum() {
    return momentum;
  }

  /** All running statistics. */
  Tensor statistics() {
    return statistics;
  }

  /** Gradients of all vectors, in the order of {@link #values}. */
  Tensor vectorGradients() {
    return vectorGradients;
  }

  /** Number of gammas, which come first. */
  int gammaLength() {
    return gammas;
  }

  /** Number of values of vectors, gammas included. */
  int vectorLength() {
    return vectors;
  }

  /** A view of one tensor within a flat tensor in the order of the layout; of the scope. */
  static Tensor inLayout(Tensor flat, ParameterLayout.Entry entry) {
    return flat.narrow(0, entry.offset(), entry.length()).view(shape(entry.spec()));
  }

  @Override
  public void close() {
    owned.close();
  }
}
