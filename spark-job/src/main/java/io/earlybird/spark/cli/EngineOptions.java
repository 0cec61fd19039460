package io.earlybird.spark.cli;

import io.earlybird.model.engine.Engine;
import io.earlybird.model.engine.Engines;
import io.earlybird.model.engine.Precision;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Options of commands that compute outside of a run. */
final class EngineOptions {
  @Option(
      names = "--engine",
      paramLabel = "NAME",
      defaultValue = "dl4j",
      description = "Engine on the class path (default: ${DEFAULT-VALUE}).")
  private String engine;

  @Option(
      names = "--precision",
      paramLabel = "PRECISION",
      defaultValue = "float32",
      description = "float32 or bfloat16 (default: ${DEFAULT-VALUE}).")
  private Precision precision;

  @Option(
      names = "--threads",
      paramLabel = "T",
      defaultValue = "1",
      description = "Threads of one replica (default: ${DEFAULT-VALUE}).")
  private int threads;

  Engine engine() {
    Engine found = ExitCodes.checked(() -> Engines.named(engine));
    if (!found.precisions().contains(precision)) {
      throw new RefusedException(
          "Engine "
              + engine
              + " has no precision "
              + precisionName()
              + " on this machine; it has "
              + found.precisions());
    }
    return found;
  }

  Precision precision() {
    return precision;
  }

  String precisionName() {
    return precision.name().toLowerCase(Locale.ROOT);
  }

  int threads() {
    if (threads < 1) {
      throw new RefusedException("Invalid --threads " + threads + ": must be at least 1");
    }
    return threads;
  }
}
