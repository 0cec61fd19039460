package io.earlybird.spark.submit;

import io.earlybird.spark.settings.Settings;
import io.earlybird.spark.submit.Launch.SparkOrigin;
import io.earlybird.spark.yarn.ContainerShell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Puts the arguments of spark-submit together. */
final class SubmitLine {
  private static final String MAIN = "io.earlybird.spark.Main";

  /** What Spark calls an application whose classes are among its own. */
  private static final String NO_JAR = "spark-internal";

  private static final String DRIVER_HEAP = "spark.driver.memory";
  private static final String DRIVER_OPTIONS = "spark.driver.extraJavaOptions";
  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";
  private static final String EXECUTOR_CLASSES = "spark.executor.extraClassPath";
  private static final long LEAST_DRIVER_HEAP = 1L << 30;
  private static final long DRIVER_OUTSIDE = 768L << 20;

  private final SubmitOptions options;
  private final Master master;
  private final DeployMode mode;
  private final Layers layers;
  private final Settings settings;
  private final MemoryEstimate estimate;
  private final Launch launch;

  SubmitLine(
      SubmitOptions options,
      Master master,
      DeployMode mode,
      Layers layers,
      Settings settings,
      MemoryEstimate estimate,
      Launch launch) {
    this.options = options;
    this.master = master;
    this.mode = mode;
    this.layers = layers;
    this.settings = settings;
    this.estimate = estimate;
    this.launch = launch;
  }

  SubmitPlan plan(List<String> commandLine) {
    Map<String, String> environment = NativeEnvironment.of(threads());
    Map<String, String> computed = new TreeMap<>();
    List<String> notes = new ArrayList<>();
    put(environment, "spark.executorEnv.", computed);
    long driverHeap = driverHeap();
    notes.add("driver: " + Bytes.of(driverHeap) + " of heap");
    if (master.localCores().isEmpty()) {
      ExecutorShape shape =
          ExecutorShape.of(estimate, threads(), settings.averaging().tasks(), layers, master);
      computed.putAll(shape.settings(layers, master, threads()));
      computed.put(EXECUTOR_OPTIONS, withUsers(EXECUTOR_OPTIONS, javaCpp(shape.outside())));
      notes.addAll(shape.notes());
    }
    driverOnCluster(environment, computed);
    if (master.kind() == ClusterKind.YARN) {
      computed.putAll(new YarnArchive(layers, launch).settings(settings.run().name()));
    }
    if (layers.given("spark.driver.maxResultSize").isEmpty()) {
      computed.put("spark.driver.maxResultSize", Sizes.text(estimate.resultBytes()));
    }
    List<String> driverOptions = driverOptions();
    List<String> arguments = arguments(driverHeap, driverOptions, computed);
    arguments.addAll(application(commandLine));
    if (master.onLoopback()) {
      environment.putIfAbsent(
          "SPARK_LOCAL_IP", launch.variable("SPARK_LOCAL_IP").orElse("127.0.0.1"));
    }
    List<String> jvm = new ArrayList<>(driverOptions);
    jvm.add("-Xmx" + Sizes.text(driverHeap));
    boolean authenticated =
        master.kind() == ClusterKind.STANDALONE && layers.on("spark.authenticate");
    return new SubmitPlan(environment, jvm, arguments, authenticated, notes);
  }

  private int threads() {
    return settings.engine().threads();
  }

  /** Of a driver that computes as well, where its own process runs the tasks. */
  private long driverHeap() {
    int cores = master.localCores().orElse(0);
    int slots = Math.min(cores / threads(), settings.averaging().tasks());
    long needed = cores == 0 ? estimate.driverHeap() : estimate.localHeap(Math.max(1, slots));
    String said = layers.overrides().get(DRIVER_HEAP);
    if (said != null) {
      long bytes = Sizes.bytes(DRIVER_HEAP, said);
      Sizes.require(DRIVER_HEAP + " = " + said, bytes, needed, "raise it");
      return bytes;
    }
    Optional<String> wished = launch.variable("EARLYBIRD_DRIVER_MEMORY");
    if (wished.isPresent()) {
      String name = "EARLYBIRD_DRIVER_MEMORY";
      long bytes = Sizes.bytes(name, wished.get());
      Sizes.require(name + " = " + wished.get(), bytes, needed, "raise it");
      return bytes;
    }
    // half as much again is what the collector works with
    return Math.max(Sizes.chosen(DRIVER_HEAP, layers, needed + needed / 2), LEAST_DRIVER_HEAP);
  }

  /** A driver on the cluster gets from Spark what the launcher gives to one of its own. */
  private void driverOnCluster(Map<String, String> environment, Map<String, String> computed) {
    if (mode == DeployMode.CLIENT) {
      return;
    }
    String prefix =
        switch (master.kind()) {
          case YARN -> "spark.yarn.appMasterEnv.";
          case K8S -> "spark.kubernetes.driverEnv.";
          case LOCAL, STANDALONE ->
              throw new IllegalStateException("No driver on a cluster with " + master);
        };
    put(environment, prefix, computed);
    if (master.kind() == ClusterKind.YARN) {
      put(Map.of(ContainerShell.VARIABLE, ContainerShell.path()), prefix, computed);
    }
    if (master.kind() == ClusterKind.K8S) {
      traveling().ifPresent(conf -> environment.put("SPARK_CONF_DIR", mounted(conf)));
    }
    if (layers.given("spark.driver.memoryOverhead").isEmpty()) {
      computed.put("spark.driver.memoryOverhead", Sizes.text(DRIVER_OUTSIDE));
    }
  }

  private void put(Map<String, String> environment, String prefix, Map<String, String> computed) {
    environment.forEach(
        (name, value) -> {
          if (layers.given(prefix + name).isEmpty()) {
            computed.put(prefix + name, value);
          }
        });
  }

  private List<String> driverOptions() {
    long most = master.localCores().isPresent() ? launch.machineBytes() / 2 : DRIVER_OUTSIDE;
    List<String> driver = new ArrayList<>(javaCpp(most));
    Path home = Path.of(launch.variable("HOME").orElse("/nowhere"));
    if (mode == DeployMode.CLIENT && !Files.isWritable(home)) {
      driver.add(
          "-Dorg.bytedeco.javacpp.cachedir="
              + launch.variable("TMPDIR").orElse("/tmp")
              + "/earlybird-"
              + System.getProperty("user.name"));
    }
    layers.given(DRIVER_OPTIONS).ifPresent(more -> driver.addAll(List.of(more.split("\\s+", -1))));
    return driver;
  }

  /**
   * Whole-process memory is not JavaCPP's to judge: the heap and other native libraries count in
   * it.
   */
  private List<String> javaCpp(long most) {
    String limit = launch.variable("EARLYBIRD_NATIVE_MEMORY").orElse(Sizes.text(most));
    return List.of(
        "-Dorg.bytedeco.javacpp.maxphysicalbytes=0", "-Dorg.bytedeco.javacpp.maxbytes=" + limit);
  }

  private String withUsers(String key, List<String> ours) {
    String own = String.join(" ", ours);
    return layers.given(key).map(users -> own + " " + users).orElse(own);
  }

  private List<String> arguments(
      long driverHeap, List<String> driverOptions, Map<String, String> computed) {
    List<String> arguments = new ArrayList<>(List.of("--class", MAIN));
    arguments.addAll(List.of("--name", "earlybird " + settings.run().name()));
    arguments.addAll(List.of("--master", master.url()));
    if (mode == DeployMode.CLUSTER && !options.dryRun()) {
      arguments.addAll(List.of("--deploy-mode", "cluster"));
      if (master.kind() != ClusterKind.K8S) {
        traveling().ifPresent(conf -> arguments.addAll(List.of("--files", conf)));
      }
    }
    arguments.addAll(List.of("--driver-memory", Sizes.text(driverHeap)));
    arguments.addAll(List.of("--driver-java-options", String.join(" ", driverOptions)));
    arguments.addAll(classes(computed));
    Map<String, String> said = layers.toSay(computed);
    said.keySet().removeAll(List.of(DRIVER_HEAP, DRIVER_OPTIONS));
    said.forEach((key, value) -> arguments.addAll(List.of("--conf", key + "=" + value)));
    return arguments;
  }

  /**
   * How driver and executors find the classes; on Kubernetes they are in the image, on YARN in the
   * archive.
   */
  private List<String> classes(Map<String, String> computed) {
    String application = launch.home().resolve("application").toString();
    if (master.kind() == ClusterKind.K8S) {
      return List.of();
    }
    if (launch.spark() == SparkOrigin.OWN) {
      return !master.onLoopback() && master.kind() == ClusterKind.STANDALONE
          ? List.of("--jars", application + "/*.jar")
          : List.of();
    }
    List<String> arguments = new ArrayList<>();
    if (mode == DeployMode.CLIENT) {
      arguments.addAll(List.of("--driver-class-path", application + "/*"));
    }
    if (master.here()) {
      computed.put(
          EXECUTOR_CLASSES,
          layers
              .given(EXECUTOR_CLASSES)
              .map(users -> application + "/*:" + users)
              .orElse(application + "/*"));
    } else if (shipped()) {
      arguments.addAll(List.of("--jars", application + "/*.jar"));
    }
    return arguments;
  }

  /** Whether the jars travel with the submit. */
  private boolean shipped() {
    return switch (master.kind()) {
      case LOCAL, STANDALONE -> true;
      case YARN, K8S -> false;
    };
  }

  private List<String> application(List<String> commandLine) {
    List<String> application = new ArrayList<>();
    application.add(
        launch.spark() == SparkOrigin.OWN || !shipped() ? NO_JAR : launch.jobJar().toString());
    boolean travels = mode == DeployMode.CLUSTER && !options.dryRun();
    for (int i = 0; i < commandLine.size(); i++) {
      String argument = commandLine.get(i);
      if (travels && argument.startsWith("--conf=")) {
        application.add("--conf=" + arrived(argument.substring("--conf=".length())));
      } else if (travels && argument.equals("--conf") && i + 1 < commandLine.size()) {
        application.addAll(List.of(argument, arrived(commandLine.get(++i))));
      } else if (!argument.equals("--print-submit")) {
        application.add(argument);
      }
    }
    return application;
  }

  /** The file of settings that a driver on the cluster has to be sent. */
  private Optional<String> traveling() {
    boolean travels = mode == DeployMode.CLUSTER && !options.dryRun();
    return travels ? options.conf().filter(conf -> !SettingsFile.isUri(conf)) : Optional.empty();
  }

  private String mounted(String conf) {
    Path work =
        launch
            .variable("EARLYBIRD_WORK")
            .map(Path::of)
            .orElseThrow(() -> new IllegalStateException("The launcher has named no directory"));
    return MountedFiles.prepare(work, launch.defaults().map(Path::getParent), Path.of(conf))
        .toString();
  }

  /** Where a file that travels with the job lies: among Spark's own, or where the driver starts. */
  private String arrived(String conf) {
    if (SettingsFile.isUri(conf)) {
      return conf;
    }
    String name = Path.of(conf).getFileName().toString();
    return master.kind() == ClusterKind.K8S ? MountedFiles.DIRECTORY + name : name;
  }
}
