package io.earlybird.engine.dl4j.layers;

import io.earlybird.engine.dl4j.backend.Backend;
import io.earlybird.engine.dl4j.kernels.HostThreads;
import io.earlybird.engine.dl4j.kernels.Kernels;
import io.earlybird.model.engine.Precision;
import java.lang.ref.Cleaner;

/**
 * Kernels of graphs that DL4J itself runs: one set for each thread, so that graphs which come and
 * go share compiled primitives. Freed when the thread is gone.
 */
final class ThreadKernels {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final ThreadLocal<ThreadKernels> CURRENT =
      ThreadLocal.withInitial(ThreadKernels::new);

  private final Kernels kernels = Backend.loaded().kernels(Precision.FLOAT32, HostThreads.one());

  private ThreadKernels() {
    CLEANER.register(this, kernels::close);
  }

  static Kernels current() {
    return CURRENT.get().kernels;
  }
}
