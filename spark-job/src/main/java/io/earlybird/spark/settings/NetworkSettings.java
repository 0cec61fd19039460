package io.earlybird.spark.settings;

/**
 * The dense network.
 *
 * @param name architecture, for example {@code resnet50}
 * @param classes number of logits
 * @param initialParameters URI of a safetensors file with the values that the run begins with;
 *     empty if they are drawn
 * @param initialClassifier where the values of the last layer come from, if there is such a file
 */
public record NetworkSettings(
    String name, int classes, String initialParameters, Classifier initialClassifier) {
  /** Where the values of the last layer come from. */
  public enum Classifier {
    /** The file, like all others. */
    IMPORTED,
    /** The seed, as without a file. */
    DRAWN
  }

  static NetworkSettings read(Section network) {
    String name = network.name("name", Effect.IDENTITY, "the name of a network");
    int classes = network.integer("classes", Effect.IDENTITY, 2, 1_000_000);
    // The content of the file is identity, not its place.
    String file = network.text("initial-parameters", Effect.OPERATIONAL);
    Effect ofFile = file.isEmpty() ? Effect.OPERATIONAL : Effect.IDENTITY;
    return new NetworkSettings(
        name, classes, file, network.choice("initial-classifier", ofFile, Classifier.class));
  }
}
