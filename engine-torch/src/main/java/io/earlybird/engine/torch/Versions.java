package io.earlybird.engine.torch;

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
      throw new UncheckedIOException("Cannot read " + FILE + " of the torch engine", e);
    }
    return versions;
  }

  /** Version of the PyTorch presets, for example {@code 2.7.1-1.5.12}. */
  static String presets() {
    return VERSIONS.getProperty("presets");
  }

  /** Version of libtorch, the part of {@link #presets} before JavaCPP's. */
  static String libtorch() {
    return presets().substring(0, presets().indexOf('-'));
  }
}
