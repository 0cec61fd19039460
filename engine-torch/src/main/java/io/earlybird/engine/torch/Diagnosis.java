package io.earlybird.engine.torch;

import io.earlybird.model.engine.Finding;
import io.earlybird.model.engine.Finding.Level;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Context;

/** Looks at the native library of this engine. */
final class Diagnosis {
  private Diagnosis() {}

  static List<Finding> run() {
    List<Finding> findings = new ArrayList<>();
    try {
      Libtorch.load();
      findings.add(
          new Finding(
              Level.OK,
              "libtorch",
              Versions.libtorch() + ", kernels for " + Libtorch.instructionSet()));
      findings.add(
          Context.hasMKLDNN()
              ? new Finding(Level.OK, "oneDNN in libtorch", "in use")
              : new Finding(
                  Level.WARNING,
                  "oneDNN in libtorch",
                  "this build of libtorch has none: convolutions will be slow"));
      if (Context.hasCUDA()) {
        findings.add(gpus(Libtorch.gpus()));
      }
    } catch (IllegalStateException e) {
      findings.add(new Finding(Level.ERROR, "libtorch", e.getMessage()));
    }
    return findings;
  }

  private static Finding gpus(int seen) {
    return seen > 0
        ? new Finding(Level.OK, "GPUs of the torch engine", seen + " seen")
        : new Finding(
            Level.ERROR,
            "GPUs of the torch engine",
            "none seen, though this is the build for GPUs: look with nvidia-smi for the driver, which"
                + " CUDA 12 wants to be 525 or newer");
  }
}
