package io.earlybird.spark.settings;

/**
 * The dense network.
 *
 * @param name architecture, for example {@code resnet50}
 * @param classes number of logits
 */
public record NetworkSettings(String name, int classes) {
  static NetworkSettings read(Section network) {
    return new NetworkSettings(
        network.name("name", Effect.IDENTITY, "the name of a network"),
        network.integer("classes", Effect.IDENTITY, 2, 1_000_000));
  }
}
