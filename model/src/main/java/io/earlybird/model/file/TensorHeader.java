package io.earlybird.model.file;

import java.util.List;

/**
 * What a file says of one tensor.
 *
 * @param name unique in the file
 * @param dtype type of the elements
 * @param shape extents, each at least 0; empty for a scalar
 */
public record TensorHeader(String name, Dtype dtype, List<Integer> shape) {
  public TensorHeader {
    shape = List.copyOf(shape);
    if (shape.stream().anyMatch(extent -> extent < 0)) {
      throw new IllegalArgumentException("Invalid shape " + shape + " of tensor " + name);
    }
  }

  /** Number of elements. */
  public long length() {
    long product = 1;
    for (int extent : shape) {
      product = Math.multiplyExact(product, extent);
    }
    return product;
  }

  /** Number of bytes. */
  public long byteLength() {
    return Math.multiplyExact(length(), dtype.bytes());
  }
}
