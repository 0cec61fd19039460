package io.earlybird.data.image;

import io.earlybird.model.network.Shape;
import java.io.Serializable;

/**
 * How images become the input of a network.
 *
 * @param size S, width and height of the result, at least 1
 * @param augmentation of training images
 * @param normalization of all images
 */
public record ImageSettings(int size, Augmentation augmentation, Normalization normalization)
    implements Serializable {
  public ImageSettings {
    if (size < 1) {
      throw new IllegalArgumentException("Invalid image size " + size + ": must be at least 1");
    }
  }

  /** Settings with the normalization that goes with the augmentation. */
  public static ImageSettings of(int size, Augmentation augmentation) {
    return new ImageSettings(size, augmentation, augmentation.normalization());
  }

  /** Shape [3, S, S] of the result. */
  public Shape shape() {
    return new Shape(3, size, size);
  }
}
