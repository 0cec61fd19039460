package io.earlybird.engine.dl4j;

import io.earlybird.model.network.TensorSpec.Role;
import io.earlybird.model.parameters.ParameterLayout;
import java.nio.FloatBuffer;

/**
 * Place of one tensor: one block in the layout of the network, and in the flat vectors of the graph
 * rows, between which lie entries of channels that only the graph has ({@link Widths}).
 *
 * @param entry place in the layout of the network
 * @param flatOffset place of the first value in the flat vectors of the graph
 * @param rowLength values that lie together in both; their number divides the tensor's
 * @param flatRowLength distance of rows in the flat vectors
 */
record Segment(ParameterLayout.Entry entry, int flatOffset, int rowLength, int flatRowLength) {
  int length() {
    return entry.length();
  }

  Role role() {
    return entry.spec().role();
  }

  /** Index of value {@code i} of the tensor in the flat vectors. */
  int flatIndex(int i) {
    return flatOffset + i / rowLength * flatRowLength + i % rowLength;
  }

  /** Copies values [first, first + length) of the tensor to {@code to[offset]} and after. */
  void read(FloatBuffer flat, int first, float[] to, int offset, int length) {
    int run;
    for (int done = 0; done < length; done += run) {
      run = Math.min(length - done, rowLength - (first + done) % rowLength);
      flat.get(flatIndex(first + done), to, offset + done, run);
    }
  }

  /**
   * Overwrites values [first, first + length) of the tensor with {@code from[offset]} and after.
   */
  void write(float[] from, int offset, FloatBuffer flat, int first, int length) {
    int run;
    for (int done = 0; done < length; done += run) {
      run = Math.min(length - done, rowLength - (first + done) % rowLength);
      flat.put(flatIndex(first + done), from, offset + done, run);
    }
  }
}
