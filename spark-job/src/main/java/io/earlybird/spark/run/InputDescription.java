package io.earlybird.spark.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.earlybird.data.image.Augmentation;
import io.earlybird.data.image.ImageSettings;
import io.earlybird.data.image.Normalization;
import java.util.ArrayList;
import java.util.List;

/**
 * What a network must be fed with, and what its logits mean; stored with every checkpoint, so that
 * it can be evaluated without the settings of its run.
 *
 * @param images how images become the input
 * @param classes names, by label
 */
public record InputDescription(ImageSettings images, List<String> classes) {
  private static final String IMAGES = "images";

  public InputDescription {
    classes = List.copyOf(classes);
  }

  /** As one JSON object, in the words of a manifest. */
  public String toJson() {
    ObjectNode json = Json.object();
    write(json);
    return json.toString();
  }

  /**
   * Reads what {@link #toJson} has written.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static InputDescription ofJson(String text) {
    return read(Json.parse(text));
  }

  void write(ObjectNode manifest) {
    ObjectNode json =
        manifest
            .putObject(IMAGES)
            .put("size", images.size())
            .put("augmentation", images.augmentation().text());
    images.normalization().mean().forEach(json.putArray("mean")::add);
    images.normalization().deviation().forEach(json.putArray("deviation")::add);
    ArrayNode names = manifest.putArray("classes");
    classes.forEach(names::add);
  }

  static InputDescription read(JsonNode manifest) {
    JsonNode json = Json.require(manifest, IMAGES);
    List<String> classes = new ArrayList<>();
    Json.require(manifest, "classes").forEach(name -> classes.add(name.asText()));
    Normalization normalization =
        new Normalization(numbers(json, "mean"), numbers(json, "deviation"));
    return new InputDescription(
        new ImageSettings(
            Json.require(json, "size").asInt(),
            Augmentation.named(Json.require(json, "augmentation").asText()),
            normalization),
        classes);
  }

  private static List<Double> numbers(JsonNode json, String field) {
    List<Double> numbers = new ArrayList<>();
    Json.require(json, field).forEach(number -> numbers.add(number.asDouble()));
    return numbers;
  }
}
