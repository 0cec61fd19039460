package io.earlybird.engine.dl4j.onednn;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Kernels by extents; the least recently used is closed when there are too many.
 *
 * <p>The bound holds several batch sizes of the largest networks, and keeps batches of ever new
 * sizes from growing native memory.
 */
final class KernelCache implements AutoCloseable {
  private static final int CAPACITY = 1024;
  private static final float LOAD_FACTOR = 0.75f;

  private final Map<Record, NativeKernel> kernels =
      new LinkedHashMap<>(CAPACITY, LOAD_FACTOR, true);

  /** The kernel of that key, made by {@code make} if there is none. */
  <T extends NativeKernel> T get(Record key, Class<T> kind, Supplier<T> make) {
    NativeKernel known = kernels.get(key);
    if (known != null) {
      return kind.cast(known);
    }
    if (kernels.size() == CAPACITY) {
      Iterator<NativeKernel> oldest = kernels.values().iterator();
      oldest.next().close();
      oldest.remove();
    }
    T made = make.get();
    kernels.put(key, made);
    return made;
  }

  @Override
  public void close() {
    kernels.values().forEach(NativeKernel::close);
    kernels.clear();
  }
}
