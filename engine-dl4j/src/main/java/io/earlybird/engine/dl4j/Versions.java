package io.earlybird.engine.dl4j;

import io.earlybird.model.engine.BuildProperties;
import java.util.Properties;

/** Versions of the libraries that this engine was built with. */
final class Versions {
  private static final Properties VERSIONS = BuildProperties.of(Versions.class);

  private Versions() {}

  /** Version of DL4J and ND4J. */
  static String dl4j() {
    return VERSIONS.getProperty("dl4j");
  }

  /** Version of the oneDNN presets. */
  static String dnnl() {
    return VERSIONS.getProperty("dnnl");
  }
}
