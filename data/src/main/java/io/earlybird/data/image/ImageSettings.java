package io.earlybird.data.image;

import io.earlybird.model.network.Shape;
import java.io.Serializable;

/**
 * How images become the input of a network.
 *
 * @param size S, width and height of the result, from 1 to {@link #MAX_SIZE}
 * @param augmentation of training images
 * @param normalization of all images
 */
public record ImageSettings(int size, Augmentation augmentation, Normalization normalization)
    implements Serializable {
  /** The largest input of a network. */
  public static final int MAX_SIZE = 4096;

  public ImageSettings {
    if (size < 1 || size > MAX_SIZE) {
      throw new IllegalArgumentException(
          "Invalid image size " + size + ": must be from 1 to " + MAX_SIZE);
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
