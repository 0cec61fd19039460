package io.earlybird.model.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What the build has written down beside a class, in {@code versions.properties}. */
public final class BuildProperties {
  private static final String FILE = "versions.properties";

  private BuildProperties() {}

  /**
   * Versions of the libraries that an engine was built with.
   *
   * @param owner a class of the engine's package
   */
  public static Properties of(Class<?> owner) {
    Properties versions = new Properties();
    try (InputStream in = owner.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing beside " + owner.getName());
      }
      versions.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + FILE + " beside " + owner.getName(), e);
    }
    return versions;
  }
}
