package io.earlybird.engine.dl4j.onednn;

/** A kernel that owns native handles until closed. */
interface NativeKernel extends AutoCloseable {
  @Override
  void close();
}
