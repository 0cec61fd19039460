package io.earlybird.spark.submit;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * What the launcher knows.
 *
 * @param presets directory of a properties file for each kind of cluster
 * @param home directory with the jars of the build
 * @param spark whose Spark starts the driver
 * @param defaults the {@code spark-defaults.conf} that Spark reads
 * @param machineBytes memory of this machine, or of the container
 * @param environment variables of the launcher
 */
record Launch(
    Path presets,
    Path home,
    SparkOrigin spark,
    Optional<Path> defaults,
    long machineBytes,
    Map<String, String> environment) {
  /** Where Spark comes from. */
  enum SparkOrigin {
    /** The project's own dependencies: everything is in one directory of jars. */
    OWN,
    /** An installed Spark, which has to be given what it lacks. */
    INSTALLED
  }

  Launch {
    environment = Map.copyOf(environment);
  }

  /** As the launcher says it in system properties. */
  static Launch ofThisProcess() {
    return new Launch(
        Path.of(property("presets")),
        Path.of(property("home")),
        SparkOrigin.valueOf(property("spark")),
        Optional.ofNullable(System.getProperty("earlybird.spark-defaults")).map(Path::of),
        MachineMemory.bytes(),
        System.getenv());
  }

  private static String property(String name) {
    return System.getProperty("earlybird." + name);
  }

  /** The preset of a kind of cluster, <code>${root}</code> in it being the project's directory. */
  Map<String, String> preset(ClusterKind kind) {
    Map<String, String> preset = PropertiesFile.read(presets.resolve(kind.label() + ".conf"));
    String root = presets.resolve("../..").toAbsolutePath().normalize().toString();
    preset.replaceAll((key, value) -> value.replace("${root}", root));
    return preset;
  }

  Map<String, String> sparkDefaults() {
    return defaults.map(PropertiesFile::readIfThere).orElse(Map.of());
  }

  /** The jar with the entry point, which spark-submit is given. */
  Path jobJar() {
    Path jars = home.resolve("jars");
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(jars, "earlybird-spark-job-*.jar")) {
      return found.iterator().next();
    } catch (IOException | NoSuchElementException e) {
      throw new IllegalStateException("Cannot find earlybird-spark-job-*.jar in " + jars, e);
    }
  }

  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }
}
