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
    } catch (IllegalStateException e) {
      findings.add(new Finding(Level.ERROR, "libtorch", e.getMessage()));
    }
    return findings;
  }
}
