package io.earlybird.spark.submit;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** A file of Spark properties: key, blank or equals sign, value; lines with # are comments. */
final class PropertiesFile {
  private PropertiesFile() {}

  /**
   * Settings by key.
   *
   * @throws SubmitRefusedException if the file cannot be read
   */
  static Map<String, String> read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new SubmitRefusedException(
          "Cannot read Spark properties " + file + ": " + e + "; check the file and its mode");
    }
    Map<String, String> settings = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      settings.put(key, properties.getProperty(key).strip());
    }
    return settings;
  }

  /** As {@link #read}, empty where there is no such file. */
  static Map<String, String> readIfThere(Path file) {
    return Files.exists(file) ? read(file) : Map.of();
  }
}
