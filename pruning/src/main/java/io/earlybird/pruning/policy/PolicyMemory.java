package io.earlybird.pruning.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.earlybird.model.json.StrictJson;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a policy remembers between epochs, in the form that a checkpoint stores: a JSON object,
 * named float vectors and named bit sets.
 *
 * <p>Immutable but for the float vectors, which are shared and must not be changed.
 */
public final class PolicyMemory {
  private static final PolicyMemory EMPTY = new PolicyMemory("{}", Map.of(), Map.of());
  private static final ObjectMapper MAPPER = StrictJson.mapper().build();

  private final String json;
  private final TreeMap<String, float[]> tensors;
  private final TreeMap<String, BitSet> bitSets;

  /**
   * Puts a memory together.
   *
   * @param json a JSON object
   * @param tensors vectors by name
   * @param bitSets bit sets by name; their lengths, where they matter, are in the JSON object
   */
  public PolicyMemory(String json, Map<String, float[]> tensors, Map<String, BitSet> bitSets) {
    this.json = json;
    this.tensors = new TreeMap<>(tensors);
    this.bitSets = new TreeMap<>();
    bitSets.forEach((name, bits) -> this.bitSets.put(name, (BitSet) bits.clone()));
  }

  /**
   * A memory of a record and some vectors.
   *
   * @param document written as a JSON object
   * @param tensors vectors by name
   */
  public static PolicyMemory of(Record document, Map<String, float[]> tensors) {
    return of(document, tensors, Map.of());
  }

  /** A memory of a record, some vectors and some bit sets. */
  static PolicyMemory of(
      Record document, Map<String, float[]> tensors, Map<String, BitSet> bitSets) {
    try {
      return new PolicyMemory(MAPPER.writeValueAsString(document), tensors, bitSets);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write policy state " + document + " as JSON", e);
    }
  }

  /**
   * Reads the JSON object as a record.
   *
   * @param policy that asks, for the message
   * @throws IllegalArgumentException if it is damaged or another policy's; the message says where
   */
  public <T extends Record> T document(Class<T> kind, String policy) {
    try {
      return StrictJson.read(MAPPER, json, kind);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "Cannot resume "
              + policy
              + " from the policy state "
              + StrictJson.shown(json)
              + ", which is damaged or another policy's: "
              + StrictJson.problem(e)
              + "; resume with the policy that the run began with",
          e);
    }
  }

  /** Nothing is remembered yet. */
  public static PolicyMemory empty() {
    return EMPTY;
  }

  /** The JSON object. */
  public String json() {
    return json;
  }

  /** Vectors by name, ascending; not copies. */
  public Map<String, float[]> tensors() {
    return new TreeMap<>(tensors);
  }

  /** Copies of the bit sets by name, ascending. */
  public Map<String, BitSet> bitSets() {
    Map<String, BitSet> copies = new TreeMap<>();
    bitSets.forEach((name, bits) -> copies.put(name, (BitSet) bits.clone()));
    return copies;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PolicyMemory that
        && json.equals(that.json)
        && bitSets.equals(that.bitSets)
        && tensors.keySet().equals(that.tensors.keySet())
        && tensors.entrySet().stream()
            .allMatch(entry -> Arrays.equals(entry.getValue(), that.tensors.get(entry.getKey())));
  }

  @Override
  public int hashCode() {
    return 31 * json.hashCode() + bitSets.hashCode();
  }

  @Override
  public String toString() {
    return json + " tensors " + tensors.keySet() + " bit sets " + bitSets.keySet();
  }
}
