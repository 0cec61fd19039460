package io.earlybird.engine.dl4j.layers;

import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Where layers get the arrays that they fill. Contents of a fresh array are undefined. */
public interface ArraySource {
  /**
   * Array for the output of a layer.
   *
   * @param owner the layer; its earlier outputs may be overwritten
   */
  INDArray output(Object owner, long... shape);

  /**
   * Array of floats for what a network puts out, whatever the type of other activations.
   *
   * @param owner the layer; its earlier logits may be overwritten
   */
  INDArray logits(Object owner, long... shape);

  /**
   * Memory that a layer keeps from its forward to its backward pass.
   *
   * @param owner the layer
   * @param use tells several of one owner apart
   * @param bytes at least 1
   */
  INDArray kept(Object owner, String use, long bytes);

  /** Vector of floats that a layer keeps from its forward to its backward pass. */
  INDArray keptVector(Object owner, String use, long length);

  /** Array for a gradient of an activation. */
  INDArray gradient(long... shape);

  /** Array for a gradient that is computed from another: that one, if nobody else reads it. */
  INDArray inPlaceOf(INDArray gradient);

  /**
   * What other readers of the input of the layer that runs now have sent back, if it is the layer's
   * to add to; a layer that asks has to add its own gradient and to return this array.
   */
  Optional<INDArray> collected();

  /** The gradient for one more reader: itself where readers do not change it, otherwise a copy. */
  INDArray shared(INDArray gradient);
}
