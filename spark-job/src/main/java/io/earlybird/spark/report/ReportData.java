package io.earlybird.spark.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.earlybird.model.architecture.Networks;
import io.earlybird.model.cost.EnergyModel;
import io.earlybird.model.network.Network;
import io.earlybird.pruning.mask.BatchNormChannels;
import io.earlybird.pruning.policy.Phase;
import io.earlybird.spark.events.EventJson;
import io.earlybird.spark.events.GammaHistogram;
import io.earlybird.spark.events.SummaryEvent;
import io.earlybird.spark.run.RunRecord;
import java.time.Instant;
import java.util.Locale;

/**
 * What the page shows: the events as they are, and what has to be computed beside them.
 *
 * @param name of the run
 * @param finished whether the run has come to its end
 * @param json for {@code report.js}
 */
record ReportData(String name, boolean finished, ObjectNode json) {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  static ReportData of(RunRecord run, Instant now) {
    JsonNode settings = run.config().path("earlybird");
    String name = settings.at("/run/name").asText();
    boolean finished = run.events().stream().anyMatch(SummaryEvent.class::isInstance);
    ObjectNode json = NODES.objectNode();
    json.putObject("run")
        .put("name", name)
        .put("directory", run.uri())
        .put("fingerprint", run.config().path("fingerprint").asText())
        .put("generated", now.toString())
        .put("finished", finished)
        .put("epochs", settings.at("/run/epochs").asInt());
    ArrayNode events = json.putArray("events");
    run.events().forEach(event -> events.add(EventJson.write(event)));
    json.set("matrices", MaskMatrices.json(run.masks()));
    Network dense = dense(settings);
    ArrayNode widths = json.putArray("widths");
    for (BatchNormChannels.Layer layer : BatchNormChannels.of(dense).layers()) {
      widths.addArray().add(layer.node().name()).add(layer.count());
    }
    json.put("joulePerFlop", EnergyModel.of(dense).joulePerFlop())
        .put("gammaBinWidth", GammaHistogram.BIN_WIDTH);
    json.set("phaseJoulePerFlop", joulePerFlop(settings, EnergyModel.of(dense)));
    json.set("settings", flat(settings));
    json.set("identity", flat(run.config().path("identity")));
    json.set("environment", environment(run));
    return new ReportData(name, finished, json);
  }

  private static Network dense(JsonNode settings) {
    return Networks.named(
        settings.at("/network/name").asText(),
        settings.at("/network/classes").asInt(),
        settings.at("/data/image-size").asInt());
  }

  /** Energy of an operation in the precision of each phase. */
  private static ObjectNode joulePerFlop(JsonNode settings, EnergyModel model) {
    JsonNode engine = settings.at("/engine/precision");
    JsonNode earlyBird = settings.at("/sparsity/early-bird");
    boolean phases = settings.at("/sparsity/policy").asText().equals("early-bird");
    ObjectNode json = NODES.objectNode();
    for (Phase phase : Phase.values()) {
      String name = phase.name().toLowerCase(Locale.ROOT);
      JsonNode precision = phases ? earlyBird.path(name + "-precision") : engine;
      boolean int8 = precision.asText().equals("bfp8");
      json.put(name, int8 ? model.modelledJoule(0, 1) : model.modelledJoule(1, 0));
    }
    return json;
  }

  private static ObjectNode environment(RunRecord run) {
    ObjectNode json = NODES.objectNode();
    json.put("engine", run.config().at("/engine/name").asText());
    json.put("engine build", run.config().at("/engine/build").asText());
    run.manifest()
        .ifPresent(
            manifest -> {
              json.put("instruction sets", joined(manifest.at("/engine/instructionSets")));
              json.put("classes", joined(manifest.path("classes")));
            });
    return json;
  }

  private static String joined(JsonNode array) {
    StringBuilder text = new StringBuilder();
    array.forEach(item -> text.append(text.length() == 0 ? "" : ", ").append(item.asText()));
    return text.toString();
  }

  /** Leaves of a tree under their dotted paths. */
  private static ObjectNode flat(JsonNode tree) {
    ObjectNode leaves = NODES.objectNode();
    flatten("", tree, leaves);
    return leaves;
  }

  private static void flatten(String path, JsonNode node, ObjectNode leaves) {
    if (!node.isObject()) {
      leaves.put(path, node.isValueNode() ? node.asText() : node.toString());
      return;
    }
    node.fields()
        .forEachRemaining(
            field ->
                flatten(
                    path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                    field.getValue(),
                    leaves));
  }
}
