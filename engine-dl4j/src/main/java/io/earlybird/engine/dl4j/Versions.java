package io.earlybird.engine.dl4j;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Versions of the libraries that this engine was built with. */
final class Versions {
  private static final String FILE = "versions.properties";
  private static final Properties VERSIONS = read();

  private Versions() {}

  private static Properties read() {
    Properties versions = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream(FILE)) {
      versions.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + FILE + " of the dl4j engine", e);
    }
    return versions;
  }

  /** Version of DL4J and ND4J. */
  static String dl4j() {
    return VERSIONS.getProperty("dl4j");
  }

  /** Version of the oneDNN presets. */
  static String dnnl() {
    return VERSIONS.getProperty("dnnl");
  }
}
