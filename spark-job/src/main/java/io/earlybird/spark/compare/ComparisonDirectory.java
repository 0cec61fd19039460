package io.earlybird.spark.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.earlybird.model.json.StrictJson;
import io.earlybird.spark.store.FileStore;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The directory of one comparison: {@code comparison.json}, which says what is compared, the files
 * of {@link ComparisonFiles}, and the run directories below {@code runs/}.
 *
 * <p>Entries may be added or left out from one start to the next; an entry whose settings changed
 * is refused by its run directory.
 */
public final class ComparisonDirectory {
  private static final String NAME = "comparison.json";
  private static final ObjectMapper MAPPER = StrictJson.mapper().build();

  private final FileStore root;

  /** The directory at that place, which need not exist. */
  public ComparisonDirectory(FileStore root) {
    this.root = root;
  }

  /** URI of the directory. */
  public String uri() {
    return root.uri();
  }

  /** Where tables and page are written. */
  public FileStore files() {
    return root;
  }

  /**
   * Fails unless the directory is free, or belongs to this comparison; changes nothing.
   *
   * @param identity what all runs share: name, network, data
   * @throws ComparisonRefusedException what differs
   */
  public void requireSame(SortedMap<String, String> identity) {
    if (!root.exists(NAME)) {
      if (root.exists("config.json")) {
        throw new ComparisonRefusedException(
            "Cannot use "
                + uri()
                + ": it is the directory of a run; set another compare.directory");
      }
      return;
    }
    SortedMap<String, String> made = read();
    List<String> differences = new ArrayList<>();
    SortedMap<String, String> all = new TreeMap<>(made);
    all.putAll(identity);
    for (String key : all.keySet()) {
      String before = made.getOrDefault(key, "absent");
      String now = identity.getOrDefault(key, "absent");
      if (!before.equals(now)) {
        differences.add(key + " was " + before + ", is " + now);
      }
    }
    if (!differences.isEmpty()) {
      throw new ComparisonRefusedException(
          "Cannot use "
              + uri()
              + ": it belongs to another comparison: "
              + String.join("; ", differences)
              + "; set another compare.directory, or undo the change");
    }
  }

  /** Takes the directory into possession. */
  public void claim(SortedMap<String, String> identity) {
    requireSame(identity);
    ObjectNode json = MAPPER.createObjectNode().put("format", 1);
    ObjectNode fields = json.putObject("identity");
    identity.forEach(fields::put);
    root.writeText(NAME, json.toPrettyString() + "\n");
  }

  private SortedMap<String, String> read() {
    SortedMap<String, String> identity = new TreeMap<>();
    try {
      StrictJson.read(MAPPER, root.readText(NAME), ObjectNode.class)
          .path("identity")
          .fields()
          .forEachRemaining(field -> identity.put(field.getKey(), field.getValue().asText()));
      return identity;
    } catch (JsonProcessingException e) {
      throw new ComparisonRefusedException(
          "Cannot use "
              + uri()
              + ": "
              + NAME
              + " is damaged: "
              + StrictJson.problem(e)
              + "; set another compare.directory");
    }
  }
}
