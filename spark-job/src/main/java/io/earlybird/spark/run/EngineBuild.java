package io.earlybird.spark.run;

import io.earlybird.model.engine.Engine;

/**
 * What the bits of a run depend on besides its settings and data.
 *
 * @param name of the engine
 * @param build versions of the engine and its native libraries
 */
public record EngineBuild(String name, String build) {
  /** The build of an engine. */
  public static EngineBuild of(Engine engine) {
    return new EngineBuild(engine.name(), engine.build());
  }

  @Override
  public String toString() {
    return name + " (" + build + ")";
  }
}
