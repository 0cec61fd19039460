package io.earlybird.model.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.earlybird.model.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The JSON header: tensors in the order of their bytes, and metadata. */
record HeaderJson(List<TensorHeader> tensors, Map<String, String> metadata) {
  private static final String METADATA = "__metadata__";
  private static final Set<String> FIELDS = Set.of("dtype", "shape", "data_offsets");
  private static final int ALIGNMENT = 8;
  private static final int MAXIMUM_RANK = 8;
  private static final ObjectMapper MAPPER = StrictJson.mapper().build();

  HeaderJson {
    tensors = List.copyOf(tensors);
    metadata = Map.copyOf(metadata);
  }

  /** A tensor and where its bytes lie. */
  private record Placed(TensorHeader tensor, long begin, long end) {}

  /** UTF-8 text, padded with spaces so that the values begin at a multiple of eight. */
  byte[] bytes() {
    ObjectNode root = MAPPER.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode section = root.putObject(METADATA);
      new TreeMap<>(metadata).forEach(section::put);
    }
    long offset = 0;
    for (TensorHeader tensor : tensors) {
      if (tensor.name().equals(METADATA) || root.has(tensor.name())) {
        throw new IllegalArgumentException(
            "Cannot write tensor " + tensor.name() + ": the name is reserved or used twice");
      }
      ObjectNode entry = root.putObject(tensor.name());
      entry.put("dtype", tensor.dtype().name());
      tensor.shape().forEach(entry.putArray("shape")::add);
      entry.putArray("data_offsets").add(offset).add(offset + tensor.byteLength());
      offset += tensor.byteLength();
    }
    String text = root.toString();
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    int padding = Math.floorMod(-length, ALIGNMENT);
    return (text + " ".repeat(padding)).getBytes(StandardCharsets.UTF_8);
  }

  /** Reads and checks a header. */
  static HeaderJson parse(byte[] bytes) throws IOException {
    if (bytes.length == 0 || bytes[0] != '{') {
      throw new MalformedFileException("the header does not begin with {");
    }
    JsonNode root;
    try {
      // As text: of bytes, the library would guess whether they are UTF-16 or UTF-32.
      root = MAPPER.readTree(new String(bytes, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new MalformedFileException("the header is no JSON: " + StrictJson.problem(e), e);
    }
    Map<String, String> metadata = new TreeMap<>();
    List<Placed> placed = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (field.getKey().equals(METADATA)) {
        readMetadata(field.getValue(), metadata);
      } else {
        placed.add(readTensor(field.getKey(), field.getValue()));
      }
    }
    placed.sort(Comparator.comparingLong(Placed::begin).thenComparingLong(Placed::end));
    requireContiguous(placed);
    return new HeaderJson(placed.stream().map(Placed::tensor).toList(), metadata);
  }

  /** Bytes of the values of all tensors. */
  long valueBytes() {
    return tensors.stream().mapToLong(TensorHeader::byteLength).sum();
  }

  private static void readMetadata(JsonNode node, Map<String, String> into) throws IOException {
    if (!node.isObject()) {
      throw new MalformedFileException(METADATA + " is no object");
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!field.getValue().isTextual()) {
        throw new MalformedFileException(
            "metadata " + StrictJson.shown(field.getKey()) + " is no text");
      }
      into.put(field.getKey(), field.getValue().textValue());
    }
  }

  private static Placed readTensor(String name, JsonNode node) throws IOException {
    Set<String> fields = new HashSet<>();
    node.fieldNames().forEachRemaining(fields::add);
    if (!fields.equals(FIELDS)) {
      throw new MalformedFileException(
          "tensor "
              + StrictJson.shown(name)
              + " has fields "
              + StrictJson.shown(fields)
              + ", expected "
              + FIELDS);
    }
    long[] shape = integers(name, "shape", node.get("shape"));
    long[] offsets = integers(name, "data_offsets", node.get("data_offsets"));
    if (offsets.length != 2) {
      throw new MalformedFileException(
          "tensor " + StrictJson.shown(name) + " has " + offsets.length + " offsets");
    }
    TensorHeader tensor = header(name, dtype(name, node.get("dtype")), shape);
    if (offsets[1] - offsets[0] != tensor.byteLength()) {
      throw new MalformedFileException(
          String.format(
              Locale.ROOT,
              "tensor %s lies at [%d, %d), but shape %s of %s has %d bytes",
              StrictJson.shown(name),
              offsets[0],
              offsets[1],
              tensor.shape(),
              tensor.dtype(),
              tensor.byteLength()));
    }
    return new Placed(tensor, offsets[0], offsets[1]);
  }

  private static TensorHeader header(String name, Dtype dtype, long[] shape) throws IOException {
    List<Integer> extents = new ArrayList<>();
    try {
      for (long extent : shape) {
        extents.add(Math.toIntExact(extent));
      }
      TensorHeader tensor = new TensorHeader(name, dtype, extents);
      Math.addExact(tensor.byteLength(), Integer.MAX_VALUE);
      return tensor;
    } catch (ArithmeticException e) {
      throw new MalformedFileException("tensor " + StrictJson.shown(name) + " is too large", e);
    }
  }

  private static Dtype dtype(String name, JsonNode node) throws IOException {
    for (Dtype dtype : Dtype.values()) {
      if (dtype.name().equals(node.textValue())) {
        return dtype;
      }
    }
    throw new MalformedFileException(
        "tensor "
            + StrictJson.shown(name)
            + " has dtype "
            + StrictJson.shown(node)
            + "; read are "
            + List.of(Dtype.values()));
  }

  private static long[] integers(String name, String field, JsonNode node) throws IOException {
    if (!node.isArray()) {
      throw new MalformedFileException(
          field + " of tensor " + StrictJson.shown(name) + " is no array");
    }
    if (node.size() > MAXIMUM_RANK) {
      throw new MalformedFileException(
          field
              + " of tensor "
              + StrictJson.shown(name)
              + " has "
              + node.size()
              + " numbers, allowed are "
              + MAXIMUM_RANK);
    }
    long[] values = new long[node.size()];
    for (int i = 0; i < values.length; i++) {
      JsonNode value = node.get(i);
      if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
        throw new MalformedFileException(
            field + " of tensor " + StrictJson.shown(name) + " holds " + StrictJson.shown(value));
      }
      values[i] = value.longValue();
    }
    return values;
  }

  private static void requireContiguous(List<Placed> placed) throws IOException {
    long expected = 0;
    for (Placed tensor : placed) {
      if (tensor.begin() != expected) {
        throw new MalformedFileException(
            "tensor "
                + StrictJson.shown(tensor.tensor().name())
                + " begins at "
                + tensor.begin()
                + ", but the bytes before it end at "
                + expected);
      }
      expected = tensor.end();
    }
  }
}
