package io.earlybird.spark.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code config.json}: identity, engine and resolved settings of the run that a directory belongs
 * to.
 *
 * @param identity values by key
 * @param epochs of the run as it was started last
 * @param engine that trained last
 */
record ConfigFile(SortedMap<String, String> identity, int epochs, EngineBuild engine) {
  static final String NAME = "config.json";

  static String text(RunIdentity run) {
    ObjectNode json = Json.object().put("format", 1).put("fingerprint", run.fingerprint());
    ObjectNode identity = json.putObject("identity");
    run.identity().values().forEach(identity::put);
    json.putObject("engine").put("name", run.engine().name()).put("build", run.engine().build());
    json.setAll(Json.parse(run.settings().json()));
    return Json.pretty(json);
  }

  static ConfigFile parse(String text) {
    ObjectNode json = Json.parse(text);
    SortedMap<String, String> identity = new TreeMap<>();
    Json.require(json, "identity")
        .fields()
        .forEachRemaining(field -> identity.put(field.getKey(), field.getValue().asText()));
    JsonNode engine = Json.require(json, "engine");
    return new ConfigFile(
        identity,
        json.at("/earlybird/run/epochs").asInt(),
        new EngineBuild(
            Json.require(engine, "name").asText(), Json.require(engine, "build").asText()));
  }

  /** How another identity differs, one entry for each key. */
  List<String> differences(SortedMap<String, String> now) {
    SortedMap<String, String> all = new TreeMap<>(identity);
    all.putAll(now);
    List<String> differences = new ArrayList<>();
    for (String key : all.keySet()) {
      String before = identity.getOrDefault(key, "absent");
      String after = now.getOrDefault(key, "absent");
      if (!before.equals(after)) {
        differences.add(key + " was " + before + ", is " + after);
      }
    }
    return differences;
  }
}
