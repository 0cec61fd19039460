package io.earlybird.model.parameters;

import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import io.earlybird.model.network.TensorSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where each tensor of a network lies in the flat array: trainable tensors first, then running
 * statistics, each in topological order of the nodes, each tensor in C order; auxiliary tensors are
 * the last trainable ones.
 */
public final class ParameterLayout {
  /**
   * Place of one tensor.
   *
   * @param spec name, shape and role
   * @param offset index of the first value in the flat array
   */
  public record Entry(TensorSpec spec, int offset) {
    /** Name of the tensor. */
    public String name() {
      return spec.name();
    }

    /** Number of values. */
    public int length() {
      return spec.length();
    }

    /** Index after the last value. */
    public int end() {
      return offset + spec.length();
    }
  }

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final int trainableLength;
  private final int length;

  private ParameterLayout(List<TensorSpec> specs) {
    int trainable = append(specs, 0, true);
    this.trainableLength = trainable;
    this.length = append(specs, trainable, false);
  }

  /**
   * The layout of a network.
   *
   * @throws IllegalArgumentException if the network has 2^31 values or more, or two tensors of one
   *     name
   */
  public static ParameterLayout of(Network network) {
    List<TensorSpec> specs = new ArrayList<>();
    for (Node node : network.nodes()) {
      specs.addAll(node.tensors(network.inputShapes(node)));
    }
    network.auxiliaries().forEach(auxiliary -> specs.add(auxiliary.tensor()));
    return new ParameterLayout(specs);
  }

  private int append(List<TensorSpec> specs, int start, boolean trainable) {
    int offset = start;
    for (TensorSpec spec : specs) {
      if (spec.role().trainable() == trainable) {
        if (entries.putIfAbsent(spec.name(), new Entry(spec, offset)) != null) {
          throw new IllegalArgumentException(
              "Invalid network: two tensors are named " + spec.name());
        }
        if (spec.length() > Integer.MAX_VALUE - offset) {
          throw new IllegalArgumentException(
              "Invalid network: with tensor " + spec.name() + " it has more than 2^31 - 1 values");
        }
        offset += spec.length();
      }
    }
    return offset;
  }

  /** All entries in order of their offsets. */
  public Collection<Entry> entries() {
    return List.copyOf(entries.values());
  }

  /** Entries of one role, in order of their offsets. */
  public List<Entry> entries(TensorSpec.Role role) {
    return entries.values().stream().filter(entry -> entry.spec().role() == role).toList();
  }

  /** Number of values of one role. */
  public int length(TensorSpec.Role role) {
    return entries(role).stream().mapToInt(Entry::length).sum();
  }

  /**
   * The entry of that tensor.
   *
   * @throws IllegalArgumentException if the layout has none
   */
  public Entry entry(String tensor) {
    Entry entry = entries.get(tensor);
    if (entry == null) {
      throw new IllegalArgumentException(
          "Unknown tensor " + tensor + "; known are " + entries.keySet());
    }
    return entry;
  }

  /** Whether a tensor of that name exists. */
  public boolean has(String tensor) {
    return entries.containsKey(tensor);
  }

  /** Number of trainable values; they occupy [0, trainableLength). */
  public int trainableLength() {
    return trainableLength;
  }

  /** Number of all values, running statistics included. */
  public int length() {
    return length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ParameterLayout that
        && List.copyOf(entries.values()).equals(List.copyOf(that.entries.values()));
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }
}
