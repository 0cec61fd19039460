package io.earlybird.engine.torch;

import io.earlybird.model.engine.BuildProperties;
import java.util.Properties;

/** Versions of the libraries that this engine was built with. */
final class Versions {
  private static final Properties VERSIONS = BuildProperties.of(Versions.class);

  private Versions() {}

  /** Version of the PyTorch presets, for example {@code 2.7.1-1.5.12}. */
  static String presets() {
    return VERSIONS.getProperty("presets");
  }

  /** Version of libtorch, the part of {@link #presets} before JavaCPP's. */
  static String libtorch() {
    return presets().substring(0, presets().indexOf('-'));
  }
}
