package io.earlybird.engine.dl4j.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu_isa_avx512_core;
import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu_isa_avx512_core_bf16;
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

  /** How this machine trains in bfloat16. */
  public static Bfloat16Support bfloat16() {
    int isa = dnnl_get_effective_cpu_isa();
    if (includes(isa, dnnl_cpu_isa_avx512_core_bf16)) {
      return Bfloat16Support.NATIVE;
    }
    return includes(isa, dnnl_cpu_isa_avx512_core)
        ? Bfloat16Support.EMULATED
        : Bfloat16Support.NONE;
  }

  /** Instruction sets are sets of bits, a later one holding those of the ones before. */
  private static boolean includes(int isa, int wanted) {
    return (isa & wanted) == wanted;
  }
}
