package io.earlybird.engine.dl4j.onednn;

import org.bytedeco.javacpp.Pointer;

/** Native memory that grows to the largest size ever asked for and is used again and again. */
final class Scratch implements AutoCloseable {
  private static final long ALIGNMENT = 64;

  private Pointer memory = new Pointer();
  private long bytes;

  /** Address of at least {@code wanted} bytes; what was there before may be lost. */
  long atLeast(long wanted) {
    if (wanted > bytes) {
      close();
      memory = Pointer.malloc(wanted + ALIGNMENT);
      if (memory == null || memory.isNull()) {
        memory = new Pointer();
        throw new OutOfMemoryError("Cannot allocate " + wanted + " bytes of native scratch memory");
      }
      bytes = wanted;
    }
    long address = memory.address();
    return (address + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  @Override
  public void close() {
    if (!memory.isNull()) {
      Pointer.free(memory);
    }
    memory = new Pointer();
    bytes = 0;
  }
}
