package io.earlybird.engine.dl4j.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_get_effective_cpu_isa;
import static org.bytedeco.dnnl.global.dnnl.dnnl_version;

import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;

/** What the loaded oneDNN library says about itself. */
public final class OneDnn {
  private OneDnn() {}

  /** Version, for example {@code 3.8.1}. */
  public static String version() {
    dnnl_version_t version = dnnl_version();
    return version.major() + "." + version.minor() + "." + version.patch();
  }

  /** Instruction set that oneDNN compiles for on this machine, for example {@code avx512_core}. */
  public static String instructionSet() {
    int isa = dnnl_get_effective_cpu_isa();
    for (dnnl.cpu_isa known : dnnl.cpu_isa.values()) {
      if (known.value == isa) {
        return known.name();
      }
    }
    return "isa-" + isa;
  }
}
