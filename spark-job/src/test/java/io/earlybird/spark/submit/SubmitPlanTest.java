package io.earlybird.spark.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.spark.settings.ConfigException;
import io.earlybird.spark.submit.Launch.SparkOrigin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubmitPlanTest {
  private static final Path PRESETS = Path.of("..", "conf", "spark");
  private static final String STANDALONE = "spark://127.0.0.1:7077";

  @TempDir private Path directory;

  @Test
  void aRunAsksForAsManyExecutorsAsItHasTasks() {
    SubmitPlan plan =
        plan("--master", STANDALONE, "--set", "averaging.replicas=6", "--set", "engine.threads=2");

    assertThat(plan.arguments())
        .contains("spark.cores.max=12", "spark.executor.cores=2", "spark.task.cpus=2")
        .contains("spark.executorEnv.OMP_NUM_THREADS=2");
    assertThat(plan.notes()).anyMatch(note -> note.startsWith("6 executors of 2 cores, 1 task"));
  }

  @Test
  void fewerExecutorsOfMoreCoresHaveTheMemoryOfAllTheirTasks() {
    String[] replicas = {"--master", STANDALONE, "--set", "averaging.replicas=6"};
    long one = bytes(plan(replicas), ExecutorShape.HEAP);
    SubmitPlan wide = plan(concat(replicas, "--spark", "spark.executor.cores=4"));

    assertThat(wide.arguments()).contains("spark.cores.max=8");
    assertThat(bytes(wide, ExecutorShape.HEAP)).isGreaterThan(one);
  }

  @Test
  void memoryIsWhatTheEstimateSays() {
    // ResNet-50 with batch 8: 512 + 4 V + 2 A B + 4 X B bytes outside of the heap, in pieces of 64
    // MiB
    MemoryEstimate estimate = new MemoryEstimate(0, 0, 0, 0);
    SubmitPlan plan = plan("--master", STANDALONE, "--set", "averaging.batch-size=8");
    long outside = bytes(plan, ExecutorShape.OUTSIDE);
    assertThat(outside % (64 << 20)).isZero();
    assertThat(outside).isGreaterThan(estimate.executorOutside(1) + 4L * 4 * 25_610_152);
  }

  @Test
  void theCommandLineWinsOverDefaultsTheseOverTheComputedAndThoseOverThePreset()
      throws IOException {
    Path defaults =
        defaults("spark.executor.cores 3\nspark.authenticate false\nspark.cores.max 9\n");
    SubmitPlan plan =
        plan(Optional.of(defaults), "--master", STANDALONE, "--spark", "spark.cores.max=5");

    assertThat(plan.arguments())
        .contains("spark.cores.max=5", "spark.network.crypto.enabled=true")
        .noneMatch(argument -> argument.startsWith("spark.executor.cores"))
        .noneMatch(argument -> argument.startsWith("spark.authenticate="));
    assertThat(plan.authenticated()).isFalse();
    assertThat(plan.notes()).anyMatch(note -> note.contains("of 3 cores"));
  }

  @Test
  void defaultsMayGiveMoreMemoryButNotLess() throws IOException {
    SubmitPlan more =
        plan(Optional.of(defaults("spark.executor.memory 40g\n")), "--master", STANDALONE);
    SubmitPlan less =
        plan(Optional.of(defaults("spark.executor.memory 500m\n")), "--master", STANDALONE);

    assertThat(bytes(more, ExecutorShape.HEAP)).isEqualTo(40L << 30);
    assertThat(bytes(less, ExecutorShape.HEAP)).isGreaterThan(500L << 20);
  }

  @Test
  void theUsersOptionsOfTheJvmStandBesideTheComputedOnes() {
    assertThat(
            plan("--master", STANDALONE, "--spark", "spark.executor.extraJavaOptions=-XX:+UseZGC")
                .arguments())
        .anyMatch(
            argument ->
                argument.startsWith("spark.executor.extraJavaOptions=-Dorg.bytedeco")
                    && argument.endsWith(" -XX:+UseZGC"));
  }

  @Test
  void inClusterModeTheSettingsFileTravelsAndTheEnvironmentToo() throws IOException {
    Path conf = Files.writeString(directory.resolve("night.conf"), "earlybird.run.name = night");
    SubmitPlan plan =
        plan("--cluster", "yarn", "--deploy-mode", "cluster", "--conf", conf.toString());

    assertThat(plan.arguments())
        .containsSubsequence("--name", "earlybird night", "--master", "yarn")
        .containsSubsequence("--deploy-mode", "cluster", "--files", conf.toString())
        .containsSubsequence("spark-internal", "train", "--conf", "night.conf")
        .contains(
            "spark.yarn.appMasterEnv.OMP_NUM_THREADS=1",
            "spark.yarn.appMasterEnv.BASH_ENV=__spark_libs__/container-shell.sh");
  }

  @Test
  void aDryRunStaysHere() {
    assertThat(plan("--cluster", "yarn", "--deploy-mode", "cluster", "--dry-run").arguments())
        .doesNotContain("--files")
        .containsOnlyOnce("--deploy-mode");
  }

  @Test
  void aFileThatIncludesOthersCannotTravel() throws IOException {
    Path conf = Files.writeString(directory.resolve("a.conf"), "include \"b.conf\"\n");
    refused(
        "it includes other files",
        "--cluster",
        "yarn",
        "--deploy-mode",
        "cluster",
        "--conf",
        conf.toString());
  }

  @Test
  void anInstalledSparkIsGivenWhatItLacks() throws IOException {
    Path jars = Files.createDirectories(directory.resolve("jars"));
    Files.createFile(jars.resolve("earlybird-spark-job-1.jar"));

    String[] elsewhere = {"--master", "spark://elsewhere:7077"};
    assertThat(plan(SparkOrigin.INSTALLED, Optional.empty(), elsewhere).arguments())
        .containsSubsequence("--jars", directory + "/application/*.jar")
        .containsSubsequence(jars + "/earlybird-spark-job-1.jar", "train");
    assertThat(
            plan(SparkOrigin.INSTALLED, Optional.empty(), "--master", "local-cluster[1,1,4096]")
                .arguments())
        .contains("spark.executor.extraClassPath=" + directory + "/application/*");
  }

  @Test
  void onYarnTheJarsComeFromTheArchive() {
    for (SparkOrigin origin : SparkOrigin.values()) {
      assertThat(plan(origin, Optional.empty(), "--cluster", "yarn").arguments())
          .contains("spark.yarn.archive=file://" + directory.resolve("jars.zip"))
          .contains("spark.yarn.tags=earlybird,run")
          .containsSubsequence("spark-internal", "train")
          .doesNotContain("--jars");
    }
  }

  @Test
  void workersElsewhereAreSentTheJars() {
    SubmitPlan elsewhere = plan("--master", "spark://elsewhere:7077");
    assertThat(elsewhere.arguments()).contains("--jars");
    assertThat(elsewhere.environment()).doesNotContainKey("SPARK_LOCAL_IP");
    SubmitPlan here = plan("--master", STANDALONE);
    assertThat(here.arguments()).doesNotContain("--jars");
    assertThat(here.environment()).containsEntry("SPARK_LOCAL_IP", "127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.authenticate.secret=a",
        "spark.ssl.keyPassword=a",
        "spark.hadoop.fs.s3a.access.key=a",
        "spark.kubernetes.authenticate.submission.oauthToken=a",
        "spark.executor.extraJavaOptions=-Djavax.net.ssl.trustStorePassword=a"
      })
  void secretsAreNotTakenFromTheCommandLine(String setting) {
    refused("everybody on this machine can read a command line", "--spark", setting);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.kubernetes.driver.secrets.spark=/etc/spark",
        "spark.authenticate.secret.file=/etc/spark/secret",
        "spark.kubernetes.authenticate.submission.oauthTokenFile=/a",
        "spark.kerberos.keytab=/a/user.keytab"
      })
  void namesOfSecretsAreTaken(String setting) {
    assertThat(plan("--spark", setting).arguments()).contains(setting);
  }

  @Test
  void whatCannotBeIsRefused() {
    refused(
        "Invalid --spark spark.executor.cores: must be key=value",
        "--spark",
        "spark.executor.cores");
    refused("Invalid --spark executor.cores", "--spark", "executor.cores=3");
    refused("say --master instead", "--spark", "spark.master=local");
    refused("--cluster standalone needs an address", "--cluster", "standalone");
    refused("--cluster k8s needs an address", "--cluster", "k8s");
    refused("Cannot use --deploy-mode cluster", "--master", STANDALONE, "--deploy-mode", "cluster");
    refused(
        "spark.executor.memory = 100m: the run needs about",
        "--master",
        STANDALONE,
        "--spark",
        "spark.executor.memory=100m");
    refused(
        "spark.executor.memoryOverhead = lots: must be an amount of memory",
        "--master",
        STANDALONE,
        "--spark",
        "spark.executor.memoryOverhead=lots");
    refused("spark.driver.memory = 10m", "--spark", "spark.driver.memory=10m");
    refused(
        "spark.executor.cores = 1: a task needs engine.threads = 2 cores",
        "--master",
        STANDALONE,
        "--set",
        "engine.threads=2",
        "--spark",
        "spark.executor.cores=1");
  }

  @Test
  void wrongSettingsAreReportedBeforeAnythingIsSubmitted() {
    assertThatThrownBy(() -> plan("--set", "averaging.replicas=0", "--set", "a.b=1"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("averaging.replicas = 0")
        .hasMessageContaining("a.b: unknown setting");
  }

  private void refused(String message, String... arguments) {
    assertThatThrownBy(() -> plan(arguments))
        .isInstanceOf(SubmitRefusedException.class)
        .hasMessageContaining(message);
  }

  private SubmitPlan plan(String... arguments) {
    return plan(Optional.empty(), arguments);
  }

  private SubmitPlan plan(Optional<Path> defaults, String... arguments) {
    return plan(SparkOrigin.OWN, defaults, arguments);
  }

  private SubmitPlan plan(SparkOrigin origin, Optional<Path> defaults, String... arguments) {
    List<String> line =
        new ArrayList<>(List.of("train", "--set", "data.train=a", "--set", "data.validation=b"));
    line.addAll(List.of("--set", "averaging.batch-size=8"));
    line.addAll(List.of(arguments));
    if (line.contains("yarn")) {
      line.addAll(List.of("--spark", "spark.yarn.archive=" + archive()));
    }
    Map<String, String> environment = Map.of("HADOOP_CONF_DIR", "/etc/hadoop", "HOME", "/");
    return SubmitPlan.of(
        line, new Launch(PRESETS, directory, origin, defaults, 8L << 30, environment));
  }

  private URI archive() {
    try {
      return Files.writeString(directory.resolve("jars.zip"), "").toUri();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path defaults(String content) throws IOException {
    return Files.writeString(directory.resolve("spark-defaults.conf"), content);
  }

  private static String[] concat(String[] first, String... second) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(second));
    return all.toArray(String[]::new);
  }

  private static long bytes(SubmitPlan plan, String key) {
    return plan.arguments().stream()
        .filter(argument -> argument.startsWith(key + "="))
        .map(argument -> Sizes.bytes(key, argument.substring(key.length() + 1)))
        .findFirst()
        .orElseThrow();
  }
}
