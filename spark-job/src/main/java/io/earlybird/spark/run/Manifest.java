package io.earlybird.spark.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.earlybird.pruning.policy.Phase;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.pruning.schedule.Schedule;
import io.earlybird.pruning.schedule.ScheduleJson;
import io.earlybird.spark.events.Event;
import io.earlybird.spark.events.EventJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Fields of {@code manifest.json} apart from the hashes of files. */
final class Manifest {
  static final String NAME = "manifest.json";
  private static final int FORMAT = 1;

  private Manifest() {}

  static void write(
      ObjectNode json,
      TrainingState state,
      PartialEpoch partial,
      Schedule schedule,
      Checkpoints.Origin origin) {
    json.put("format", FORMAT)
        .put("epoch", state.completedEpochs())
        .put("round", partial.rounds())
        .put("generation", state.generation())
        .put("phase", state.phase().name().toLowerCase(Locale.ROOT))
        .put("fingerprint", origin.fingerprint());
    json.putObject("engine")
        .put("name", origin.engine().name())
        .put("build", origin.engine().build());
    origin.input().write(json);
    json.set("policy", Json.parse(state.memory().json()));
    json.set("schedule", Json.parse(ScheduleJson.write(schedule)));
    if (partial.begun()) {
      json.set("partialEpoch", partialEpoch(partial));
    }
  }

  private static ObjectNode partialEpoch(PartialEpoch partial) {
    ObjectNode json =
        Json.object()
            .put("steps", partial.steps())
            .put("samples", partial.samples())
            .put("lossSum", partial.lossSum())
            .put("correct", partial.correct())
            .put("undecodable", partial.undecodable());
    ObjectNode seconds = json.putObject("seconds");
    partial.seconds().forEach(seconds::put);
    return json;
  }

  /** What the executors have computed with so far, beside the build of the engine. */
  static void writeInstructionSets(ObjectNode json, Set<String> instructionSets) {
    ArrayNode names = json.withObject("/engine").putArray("instructionSets");
    new TreeSet<>(instructionSets).forEach(names::add);
  }

  static Set<String> instructionSets(ObjectNode json) {
    Set<String> names = new TreeSet<>();
    json.at("/engine/instructionSets").forEach(name -> names.add(name.asText()));
    return names;
  }

  /** How many epochs are in the mean of the values. */
  static void writeMeanEpochs(ObjectNode json, int epochs) {
    json.put("meanEpochs", epochs);
  }

  /** 0 in checkpoints that know no such mean. */
  static int meanEpochs(ObjectNode json) {
    return json.path("meanEpochs").asInt(0);
  }

  static void writeEvents(ObjectNode json, List<Event> events) {
    ArrayNode lines = json.putArray("events");
    events.forEach(event -> lines.add(EventJson.write(event)));
  }

  static void requireReadable(ObjectNode json) {
    int format = Json.require(json, "format").asInt();
    if (format != FORMAT) {
      throw new IllegalArgumentException(
          "Cannot read manifest of format " + format + ": this version reads " + FORMAT);
    }
  }

  static PartialEpoch partial(ObjectNode json) {
    JsonNode partial = json.get("partialEpoch");
    if (partial == null) {
      return PartialEpoch.none();
    }
    TreeMap<String, Double> seconds = new TreeMap<>();
    Json.require(partial, "seconds")
        .fields()
        .forEachRemaining(field -> seconds.put(field.getKey(), field.getValue().asDouble()));
    return new PartialEpoch(
        Json.require(json, "round").asInt(),
        Json.require(partial, "steps").asInt(),
        Json.require(partial, "samples").asLong(),
        Json.require(partial, "lossSum").asDouble(),
        Json.require(partial, "correct").asLong(),
        Json.require(partial, "undecodable").asLong(),
        seconds);
  }

  static List<Event> events(ObjectNode json) {
    List<Event> events = new ArrayList<>();
    Json.require(json, "events").forEach(line -> events.add(EventJson.read(line)));
    return events;
  }

  static Phase phase(ObjectNode json) {
    return Phase.valueOf(Json.require(json, "phase").asText().toUpperCase(Locale.ROOT));
  }
}
