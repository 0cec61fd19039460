package io.earlybird.spark.submit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files that Spark's Kubernetes client hands to a driver in a ConfigMap: those of {@code
 * SPARK_CONF_DIR}. The file of settings travels among them, so no shared storage is needed.
 */
final class MountedFiles {
  /** Where the driver finds them. */
  static final String DIRECTORY = "/opt/spark/conf/";

  /** What may be a key of a ConfigMap and is not among the names that Spark passes over. */
  private static final Pattern NAME = Pattern.compile("(?!spark)[-._a-zA-Z0-9]+\\.conf");

  private MountedFiles() {}

  /**
   * Makes a directory of the user's own files and the settings; only its owner can read it.
   *
   * @param work directory of this start
   * @param own directory of the user's configuration of Spark
   * @return what has to be {@code SPARK_CONF_DIR}
   * @throws SubmitRefusedException if a file cannot be read, or the settings cannot travel under
   *     their name
   */
  static Path prepare(Path work, Optional<Path> own, Path settings) {
    String name = settings.getFileName().toString();
    if (!NAME.matcher(name).matches()) {
      throw new SubmitRefusedException(
          "Cannot send --conf "
              + settings
              + " to Kubernetes: its name must be of letters, digits, ., _ and -, end in .conf, and"
              + " not begin with spark");
    }
    FileAttribute<?> ownersOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    try {
      Files.createDirectories(work);
      Path directory = Files.createTempDirectory(work, "conf", ownersOnly);
      for (Path file : own.isPresent() ? files(own.get()) : List.<Path>of()) {
        copy(file, directory);
      }
      copy(settings, directory);
      return directory;
    } catch (IOException e) {
      throw new SubmitRefusedException(
          "Cannot prepare the files of the driver in " + work + ": " + e);
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static void copy(Path file, Path directory) throws IOException {
    Files.copy(file, directory.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
  }
}
