package io.earlybird.engine.dl4j;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.common.util.ArrayUtil;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Native memory that grows to the largest array ever asked for, seen in the shape asked for.
 *
 * <p>Arrays begin at a cache line: the allocator aligns to 16 bytes, and then every 64-byte load
 * touches two lines, which costs memory-bound primitives a third of their speed.
 */
final class GrowingArray implements AutoCloseable {
  private static final int CACHE_LINE = 64;

  private final DataType type;

  /** By shape, because making one costs more than many a primitive. */
  private final Map<List<Long>, INDArray> views = new HashMap<>();

  private long capacity;
  private INDArray memory;
  private INDArray last;

  GrowingArray(DataType type) {
    this.type = type;
  }

  /** Values that fit without growing. */
  long capacity() {
    return capacity;
  }

  /** An array of that shape in C order; what was there before may be lost. */
  INDArray shaped(long... shape) {
    if (last != null && Arrays.equals(last.shape(), shape)) {
      return last;
    }
    long length = ArrayUtil.prodLong(shape);
    if (length > capacity()) {
      close();
      memory = Nd4j.createUninitialized(type, length + CACHE_LINE / type.width());
      capacity = length;
    }
    last = views.computeIfAbsent(Arrays.stream(shape).boxed().toList(), key -> view(shape));
    return last;
  }

  private INDArray view(long... shape) {
    long skipped = (-HostMemory.address(memory) & (CACHE_LINE - 1)) / type.width();
    return Nd4j.create(memory.data(), shape, ArrayUtil.calcStrides(shape, 1), skipped, 'c', type);
  }

  @Override
  public void close() {
    last = null;
    views.clear();
    if (memory != null) {
      memory.close();
      memory = null;
      capacity = 0;
    }
  }
}
