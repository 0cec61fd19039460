package io.earlybird.engine.dl4j.onednn;

import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/** Threads that primitives use which the calling thread compiles and runs. */
final class OpenMp {
  private OpenMp() {}

  /** Does something with primitives on the calling thread alone. */
  static void alone(Runnable work) {
    NativeOps operations = NativeOpsHolder.getInstance().getDeviceNativeOps();
    int before = operations.ompGetMaxThreads();
    operations.setOmpNumThreads(1);
    try {
      work.run();
    } finally {
      operations.setOmpNumThreads(before);
    }
  }
}
