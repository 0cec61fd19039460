package io.earlybird.spark.submit;

import io.earlybird.spark.settings.ComparisonSettings;
import io.earlybird.spark.settings.Settings;
import io.earlybird.spark.store.Clients;
import io.earlybird.spark.store.FileStore;
import io.earlybird.spark.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The file of settings of a run, on this machine or on any file system that Hadoop reaches. */
public final class SettingsFile {
  private SettingsFile() {}

  /**
   * Reads settings.
   *
   * @param location path or URI, none for defaults alone
   * @param overrides {@code key=value} each
   * @throws io.earlybird.spark.settings.ConfigException with all problems that were found
   * @throws SubmitRefusedException if a URI cannot be read
   */
  public static Settings load(Optional<String> location, List<String> overrides) {
    if (location.isEmpty()) {
      return Settings.of(overrides);
    }
    String file = location.get();
    return isUri(file)
        ? Settings.parse(file, text(file), overrides)
        : Settings.load(Path.of(file), overrides);
  }

  /**
   * Reads a comparison.
   *
   * @param file path or URI
   * @param overrides {@code key=value} each
   * @throws io.earlybird.spark.settings.ConfigException with all problems that were found
   * @throws SubmitRefusedException if a URI cannot be read
   */
  public static ComparisonSettings comparison(String file, List<String> overrides) {
    return isUri(file)
        ? ComparisonSettings.parse(file, text(file), overrides)
        : ComparisonSettings.load(Path.of(file), overrides);
  }

  /** Whether the driver can read it wherever it runs. */
  static boolean isUri(String location) {
    return location.matches("[a-zA-Z][a-zA-Z0-9+.-]*:/.*");
  }

  /**
   * Looks whether a file can travel alone.
   *
   * @throws SubmitRefusedException if it includes others
   */
  static void requireSelfContained(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      if (lines.anyMatch(line -> line.strip().startsWith("include "))) {
        throw new SubmitRefusedException(
            "Cannot send --conf "
                + file
                + " to the cluster: it includes other files; put everything into one, or give a"
                + " URI that the driver can read");
      }
    } catch (IOException | UncheckedIOException e) {
      throw new SubmitRefusedException("Cannot read --conf " + file + ": " + e.getMessage());
    }
  }

  private static String text(String uri) {
    int slash = uri.lastIndexOf('/');
    try {
      return FileStore.at(uri.substring(0, slash + 1), Clients.configuration())
          .readText(uri.substring(slash + 1));
    } catch (StoreException | IllegalArgumentException e) {
      throw new SubmitRefusedException("Cannot read --conf " + uri + ": " + e.getMessage());
    }
  }
}
