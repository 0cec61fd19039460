package io.earlybird.engine.dl4j.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_success;
import static org.bytedeco.dnnl.global.dnnl.dnnl_unimplemented;

/** Checks of the codes that oneDNN returns. */
final class Status {
  private Status() {}

  /** Fails unless the call succeeded; {@code what} completes "oneDNN cannot ...". */
  static void check(int status, String what) {
    if (status != dnnl_success) {
      throw new IllegalStateException(
          "oneDNN cannot "
              + what
              + ": status "
              + status
              + (status == dnnl_unimplemented ? " (it has none for this processor)" : ""));
    }
  }
}
