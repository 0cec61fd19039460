package io.earlybird.benchmarks.cluster;

import io.earlybird.benchmarks.race.Launch;
import io.earlybird.spark.round.Transport;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Spark set up as {@code submit/earlybird train} sets it up. */
public final class SparkContexts {
  private static final Pattern LOCAL_CLUSTER =
      Pattern.compile("local-cluster\\[.*,\\s*(\\d+)\\s*]");

  private static final String JVM_OPTIONS = "spark.executor.extraJavaOptions";

  /** Whole-process memory is not JavaCPP's to judge. */
  private static final String NATIVE_MEMORY =
      "-Dorg.bytedeco.javacpp.maxbytes=0 -Dorg.bytedeco.javacpp.maxphysicalbytes=0 ";

  private SparkContexts() {}

  /**
   * Opens a context; the caller closes it.
   *
   * @param threads of one replica, which are the cores of a task
   * @param environment of the executors
   */
  public static JavaSparkContext open(String master, int threads, Map<String, String> environment) {
    SparkConf conf =
        Transport.configure(new SparkConf(), threads)
            .setMaster(master)
            .setAppName("earlybird benchmarks")
            .set("spark.driver.maxResultSize", "4g")
            .set("spark.ui.enabled", "false")
            .set("spark.executor.extraClassPath", absoluteClassPath())
            .set("spark.ui.showConsoleProgress", "false");
    conf.set(JVM_OPTIONS, NATIVE_MEMORY + conf.get(JVM_OPTIONS, ""));
    environment.forEach((name, value) -> conf.set("spark.executorEnv." + name, value));
    conf.set("spark.executorEnv.OMP_NUM_THREADS", Integer.toString(threads));
    Matcher cluster = LOCAL_CLUSTER.matcher(master);
    if (cluster.matches()) {
      conf.set("spark.executor.memory", cluster.group(1) + "m");
    }
    return new JavaSparkContext(conf);
  }

  /** Executors start in directories of their own. */
  private static String absoluteClassPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** What the launcher exports, as {@code benchmarks/run} says it. */
  public static Map<String, String> launcherEnvironment() {
    return Launch.variables(System.getProperty(Launch.ENVIRONMENT, ""));
  }
}
