package io.earlybird.model.engine;

import io.earlybird.model.network.Network;
import io.earlybird.model.network.Shape;
import java.nio.FloatBuffer;

/**
 * Normalized images and their labels.
 *
 * <p>The buffers are not copied and may be reused by their owner once the call that got the batch
 * has returned.
 */
public final class Batch {
  private final int size;
  private final Shape imageShape;
  private final FloatBuffer pixels;
  private final int[] labels;

  /**
   * Wraps buffers.
   *
   * @param size N, at least 1
   * @param imageShape [C, H, W]
   * @param pixels [N, H, W, C] from index 0; a direct buffer in native order saves engines a copy
   * @param labels class of each image; at least N entries
   */
  public Batch(int size, Shape imageShape, FloatBuffer pixels, int[] labels) {
    if (size < 1
        || labels.length < size
        || pixels.capacity() < (long) size * imageShape.elements()) {
      throw new IllegalArgumentException(
          "Invalid batch of "
              + size
              + " images "
              + imageShape
              + ": "
              + labels.length
              + " labels, "
              + pixels.capacity()
              + " pixel values");
    }
    this.size = size;
    this.imageShape = imageShape;
    this.pixels = pixels;
    this.labels = labels;
  }

  /** Number of images, N. */
  public int size() {
    return size;
  }

  /** Shape [C, H, W] of one image. */
  public Shape imageShape() {
    return imageShape;
  }

  /** Pixels [N, H, W, C], not a copy; read by absolute index. */
  public FloatBuffer pixels() {
    return pixels;
  }

  /** Class of image {@code i}. */
  public int label(int i) {
    return labels[i];
  }

  /**
   * Class of image {@code i} for a network of {@code classes} classes.
   *
   * @throws IllegalArgumentException if it is not in [0, classes)
   */
  public int label(int i, int classes) {
    int label = labels[i];
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          "Invalid label " + label + ": the network has " + classes + " classes");
    }
    return label;
  }

  /**
   * Checks that the images have the shape that a network reads.
   *
   * @throws IllegalArgumentException if they have another
   */
  public void requireFits(Network network) {
    if (!imageShape.equals(network.imageShape())) {
      throw new IllegalArgumentException(
          "Cannot feed images " + imageShape + " to a network for images " + network.imageShape());
    }
  }
}
