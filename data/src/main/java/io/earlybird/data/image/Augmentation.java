package io.earlybird.data.image;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What happens to an image in training before it is normalized (specification 8.2, 8.3). */
public enum Augmentation {
  /** Random resized crop and flip; evaluation takes the center after a resize to 256/224 of S. */
  RANDOM_RESIZED_CROP("random-resized-crop"),

  /** Zero padding of 4, a random crop of S and flip; evaluation takes the image as it is. */
  PAD_CROP("pad-crop"),

  /** Flip alone. */
  FLIP("flip"),

  /** Nothing: training images are treated as in evaluation. */
  NONE("none");

  private final String text;

  Augmentation(String text) {
    this.text = text;
  }

  /** Name in settings. */
  public String text() {
    return text;
  }

  /** Normalization of the recipes that use this augmentation. */
  public Normalization normalization() {
    return switch (this) {
      case RANDOM_RESIZED_CROP -> Normalization.IMAGENET;
      case PAD_CROP, FLIP, NONE -> Normalization.CIFAR;
    };
  }

  /** The augmentation of that name. */
  public static Augmentation named(String name) {
    for (Augmentation augmentation : values()) {
      if (augmentation.text.equals(name)) {
        return augmentation;
      }
    }
    throw new IllegalArgumentException(
        "Unknown augmentation '"
            + name
            + "': one of "
            + Arrays.stream(values()).map(Augmentation::text).collect(Collectors.joining(", ")));
  }
}
