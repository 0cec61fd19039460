package io.earlybird.spark.run;

import io.earlybird.model.file.Safetensors;
import io.earlybird.model.file.Tensor;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.pruning.policy.PolicyMemory;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The file {@code policy.safetensors}: vectors ({@code vector.NAME}, F32) and bit sets ({@code
 * bits.NAME}, I64 words, lowest bit first) that the policy remembers, and the entries held at zero
 * ({@code held}).
 */
final class PolicyTensors {
  private static final String VECTOR = "vector.";
  private static final String BITS = "bits.";
  private static final String HELD = "held";

  private PolicyTensors() {}

  static List<Tensor> of(PolicyMemory memory, HeldEntries held) {
    List<Tensor> tensors = new ArrayList<>();
    memory
        .tensors()
        .forEach(
            (name, values) ->
                tensors.add(Tensor.of(VECTOR + name, List.of(values.length), values)));
    memory.bitSets().forEach((name, bits) -> tensors.add(words(BITS + name, bits)));
    tensors.add(words(HELD, held.toBitSet()));
    return tensors;
  }

  static PolicyMemory memory(String json, Safetensors file) {
    Map<String, float[]> vectors = new TreeMap<>();
    Map<String, BitSet> bitSets = new TreeMap<>();
    file.tensors()
        .forEach(
            (name, tensor) -> {
              if (name.startsWith(VECTOR)) {
                vectors.put(name.substring(VECTOR.length()), tensor.floats());
              } else if (name.startsWith(BITS)) {
                bitSets.put(name.substring(BITS.length()), BitSet.valueOf(tensor.longs()));
              }
            });
    return new PolicyMemory(json, vectors, bitSets);
  }

  static HeldEntries held(Safetensors file) {
    return HeldEntries.of(BitSet.valueOf(file.tensor(HELD).longs()));
  }

  private static Tensor words(String name, BitSet bits) {
    long[] words = bits.toLongArray();
    return Tensor.of(name, List.of(words.length), words);
  }
}
