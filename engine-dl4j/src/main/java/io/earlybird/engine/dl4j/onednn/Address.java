package io.earlybird.engine.dl4j.onednn;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A movable pointer to memory that somebody else owns. */
final class Address extends Pointer {
  /** Points at {@code newAddress}. */
  Address to(long newAddress) {
    this.address = newAddress;
    return this;
  }

  /** Address of the first value of an array or of a view. */
  static long of(INDArray array) {
    return array.data().addressPointer().address();
  }

  /** The values of an array of floats; the buffer does not keep the array alive. */
  static FloatBuffer buffer(INDArray array) {
    return buffer(of(array), array.length());
  }

  /** Floats from an address on. */
  static FloatBuffer buffer(long address, long length) {
    return new FloatPointer(new Address().to(address)).capacity(length).asBuffer();
  }
}
