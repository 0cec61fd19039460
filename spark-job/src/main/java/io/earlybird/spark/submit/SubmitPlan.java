package io.earlybird.spark.submit;

import io.earlybird.spark.settings.ComparisonSettings;
import io.earlybird.spark.settings.ConfigException;
import io.earlybird.spark.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;

/**
 * How a command is submitted: the environment and the options of the driver's JVM, and the
 * arguments of spark-submit.
 *
 * <p>The launcher starts {@link #main} before the run, because the environment, the heap and the
 * containers must be known before any JVM of the run starts.
 *
 * @param environment of the driver's process
 * @param jvm options of the driver's JVM where the launcher starts it itself
 * @param arguments of spark-submit
 * @param authenticated whether master, workers and driver share a secret that the launcher has to
 *     hand over
 * @param notes what the user is told
 */
record SubmitPlan(
    Map<String, String> environment,
    List<String> jvm,
    List<String> arguments,
    boolean authenticated,
    List<String> notes) {
  private static final int REFUSED = 2;

  SubmitPlan {
    jvm = List.copyOf(jvm);
    arguments = List.copyOf(arguments);
    notes = List.copyOf(notes);
  }

  /**
   * Prints the plan for the launcher: records {@code KIND VALUE} that end with a zero byte each.
   *
   * @param arguments the command line of the user
   */
  public static void main(String[] arguments) {
    try {
      System.out.print(of(List.of(arguments), Launch.ofThisProcess()).records());
      System.out.flush();
    } catch (CommandLine.ParameterException
        | ConfigException
        | SubmitRefusedException
        | IllegalArgumentException e) {
      System.err.println("earlybird: " + e.getMessage());
      System.exit(REFUSED);
    }
  }

  /**
   * Computes the plan.
   *
   * @throws CommandLine.ParameterException if an option has a wrong value
   * @throws ConfigException if the settings are wrong
   * @throws SubmitRefusedException if the command cannot be submitted so
   * @throws IllegalArgumentException if there is no such network
   */
  static SubmitPlan of(List<String> commandLine, Launch launch) {
    SubmitOptions options = SubmitOptions.of(commandLine);
    Master master = options.cluster().master();
    DeployMode mode = mode(options, master, launch);
    Layers layers =
        new Layers(
            SparkOverrides.of(options.cluster().spark()),
            launch.sparkDefaults(),
            launch.preset(master.kind()));
    Settings settings = settings(options);
    MemoryEstimate estimate = MemoryEstimate.of(settings.begunNetwork(), settings);
    return new SubmitLine(options, master, mode, layers, settings, estimate, launch)
        .plan(commandLine);
  }

  /** Of the run; of a comparison, those of the run that needs most. */
  private static Settings settings(SubmitOptions options) {
    if (options.trains()) {
      return SettingsFile.load(options.conf(), options.sets());
    }
    if (!options.compares()) {
      return Settings.of(options.evaluationSets());
    }
    String conf =
        options
            .conf()
            .orElseThrow(() -> new SubmitRefusedException("Missing --conf FILE: what to compare"));
    return SettingsFile.comparison(conf, options.sets()).runs().stream()
        .map(ComparisonSettings.Run::settings)
        .max(
            Comparator.comparingLong(
                run ->
                    MemoryEstimate.of(run.begunNetwork(), run).localTotal(run.averaging().tasks())))
        .orElseThrow();
  }

  private static DeployMode mode(SubmitOptions options, Master master, Launch launch) {
    DeployMode mode = options.cluster().deployMode();
    if (mode == DeployMode.CLUSTER) {
      switch (master.kind()) {
        case LOCAL, STANDALONE ->
            throw new SubmitRefusedException(
                "Cannot use --deploy-mode cluster with --master "
                    + master.url()
                    + ": that is for yarn and k8s; elsewhere the driver runs here");
        case YARN, K8S -> requireTravels(options);
      }
    }
    if (master.kind() == ClusterKind.YARN
        && launch.variable("HADOOP_CONF_DIR").isEmpty()
        && launch.variable("YARN_CONF_DIR").isEmpty()) {
      throw new SubmitRefusedException(
          "Cannot find the YARN cluster: set HADOOP_CONF_DIR to the directory with its"
              + " core-site.xml and yarn-site.xml");
    }
    return mode;
  }

  /** The file of settings is all that a driver on the cluster needs of this machine. */
  private static void requireTravels(SubmitOptions options) {
    options
        .conf()
        .filter(conf -> !SettingsFile.isUri(conf))
        .map(Path::of)
        .filter(Files::isRegularFile)
        .ifPresent(SettingsFile::requireSelfContained);
  }

  private String records() {
    Map<String, List<String>> records = new TreeMap<>();
    records.put(
        "environment",
        environment.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .toList());
    records.put("jvm", jvm);
    records.put("submit", arguments);
    records.put("authenticated", authenticated ? List.of("yes") : List.of());
    records.put("note", notes);
    List<String> lines = new ArrayList<>();
    records.forEach((kind, values) -> values.forEach(value -> lines.add(kind + " " + value)));
    return String.join("\0", lines) + "\0";
  }
}
