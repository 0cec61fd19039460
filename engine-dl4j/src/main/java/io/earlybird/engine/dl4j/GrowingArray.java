package io.earlybird.engine.dl4j;

import java.util.Arrays;
import org.nd4j.common.util.ArrayUtil;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Native memory that grows to the largest array ever asked for, seen in the shape asked for. */
final class GrowingArray implements AutoCloseable {
  private final DataType type;
  private INDArray memory;
  private INDArray view;

  GrowingArray(DataType type) {
    this.type = type;
  }

  /** Values that fit without growing. */
  long capacity() {
    return memory == null ? 0 : memory.length();
  }

  /** An array of that shape in C order; what was there before may be lost. */
  INDArray shaped(long... shape) {
    if (view != null && Arrays.equals(view.shape(), shape)) {
      return view;
    }
    long length = ArrayUtil.prodLong(shape);
    if (length > capacity()) {
      close();
      memory = Nd4j.createUninitialized(type, length);
    }
    view = Nd4j.create(memory.data(), shape, ArrayUtil.calcStrides(shape, 1), 0, 'c', type);
    return view;
  }

  @Override
  public void close() {
    view = null;
    if (memory != null) {
      memory.close();
      memory = null;
    }
  }
}
