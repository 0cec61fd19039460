package io.earlybird.spark.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.spark.submit.Container.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scripts of {@code submit/docker}, in a directory that imitates the image; its Java says what
 * it gets, unless it is Spark's launcher that is started.
 */
class ContainerTest {
  private static final Path DOCKER = Manifests.SUBMIT.resolve("docker");

  @TempDir private Path directory;
  private Container container;

  @BeforeEach
  void makeAContainer() throws IOException {
    container = Container.in(directory);
    Container.script(
        directory.resolve("jdk/bin/java"),
        "case \"$*\" in *launcher.Main*) exec '"
            + Path.of(System.getProperty("java.home"), "bin", "java")
            + "' \"$@\";; esac\nprintf '[%s]\\n' \"$0\" \"$@\"\n");
    container.set("JAVA_HOME", directory.resolve("jdk").toString());
  }

  @Test
  void aDriverHasTheHeapAndTheOptionsOfItsProperties() throws Exception {
    Path properties =
        Files.writeString(
            directory.resolve("spark.properties"),
            "spark.driver.memory=700m\nspark.driver.extraJavaOptions=-Da=1 -Db=2\n");
    container.set("SPARK_DRIVER_BIND_ADDRESS", "10.1.2.3");
    Outcome outcome =
        container.run(
            "driver",
            "--properties-file",
            properties.toString(),
            "--class",
            "io.earlybird.spark.Main",
            "spark-internal",
            "train",
            "--set",
            "run.name=with blank");

    assertThat(outcome.exit()).describedAs(outcome.output()).isZero();
    assertThat(outcome.output().lines())
        .startsWith("[" + directory.resolve("jdk/bin/java") + "]")
        .contains("[-Xmx700m]", "[-Da=1]", "[-Db=2]")
        .containsSubsequence("[org.apache.spark.deploy.SparkSubmit]", "[--deploy-mode]", "[client]")
        .contains("[spark.driver.bindAddress=10.1.2.3]")
        .containsSubsequence("[spark-internal]", "[train]", "[--set]", "[run.name=with blank]");
    assertThat(outcome.output()).contains(directory.resolve("spark/jars") + "/*");
  }

  @Test
  void aDriverIsNotStartedWithoutACommandLine() throws Exception {
    container.set("SPARK_HOME", directory.resolve("nothing").toString());
    Outcome outcome = container.run("driver", "--class", "io.earlybird.spark.Main");

    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.output())
        .contains("launcher.Main")
        .contains("entrypoint: cannot make the command line of the driver: see above.");
  }

  @Test
  void anExecutorIsWhatItsVariablesSay() throws Exception {
    executorVariables().forEach(container::set);
    for (int i = 0; i < 12; i++) {
      container.set("SPARK_JAVA_OPT_" + i, "-Doption" + i + "=a b");
    }
    container.set("SPARK_CLASSPATH", "/layers/*");
    container.set("HADOOP_CONF_DIR", "/etc/hadoop");
    Outcome outcome = container.run("executor");

    assertThat(outcome.exit()).describedAs(outcome.output()).isZero();
    assertThat(outcome.output().lines())
        .contains("[@" + directory.resolve("earlybird/submit/jvm.options") + "]", "[-Xmx512m]")
        .containsSubsequence("[-Doption1=a b]", "[-Doption2=a b]", "[-Doption11=a b]")
        .contains("[-Dspark.master=k8s://driver]")
        .contains(
            "[/etc/hadoop:/layers/*:/opt/spark/conf:" + directory.resolve("spark/jars") + "/*]")
        .containsSubsequence(
            "[org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend]",
            "[--driver-url]",
            "[spark://driver]",
            "[--executor-id]",
            "[7]",
            "[--hostname]",
            "[10.9.8.7]",
            "[--podName]",
            "[exec-7]");
  }

  @Test
  void anExecutorThatNobodyAskedForIsRefused() throws Exception {
    Outcome outcome = container.run("executor");

    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.output()).contains("SPARK_DRIVER_URL is not set");
  }

  @Test
  void anythingElseIsACommandOfEarlybird() throws Exception {
    Container.script(directory.resolve("earlybird/submit/earlybird"), "printf '[%s]\\n' \"$@\"\n");

    assertThat(container.run("train", "--set", "run.name=with blank").output())
        .isEqualTo("[train]\n[--set]\n[run.name=with blank]\n");
  }

  @Test
  void decommissioningTellsTheExecutorAndWaitsForItsEnd() throws Exception {
    executorVariables().forEach(container::set);
    Container.script(
        directory.resolve("jdk/bin/java"),
        """
        trap 'echo told; stopped=yes' PWR
        echo ready
        until [ -n "${stopped:-}" ]; do sleep 0.05; done
        sleep 0.3
        echo done
        """);
    Process executor = container.start("executor");
    try (var lines = executor.inputReader()) {
      assertThat(lines.readLine()).isEqualTo("ready");
      Process hook = container.start(DOCKER.resolve("decom.sh"), List.of());

      assertThat(hook.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(hook.exitValue()).isZero();
      assertThat(executor.isAlive()).isFalse();
      assertThat(lines.lines()).containsExactly("told", "done");
    } finally {
      executor.destroyForcibly();
    }
  }

  @Test
  void theImageRunsWithoutPrivilegesUnderTini() throws IOException {
    List<String> lines = Files.readAllLines(DOCKER.resolve("Dockerfile"));
    List<String> last = lines.subList(lines.indexOf("FROM ${RUN_IMAGE}"), lines.size());

    assertThat(last)
        .contains("USER 185:185", "ENTRYPOINT [\"/usr/bin/tini\", \"--\", \"/opt/entrypoint.sh\"]");
    assertThat(last.indexOf("USER 185:185"))
        .isGreaterThan(last.lastIndexOf(lastOf(last, "RUN")))
        .isGreaterThan(last.lastIndexOf(lastOf(last, "COPY")));
    assertThat(lines)
        .filteredOn(line -> line.startsWith("ARG ") && line.contains("IMAGE="))
        .hasSize(2)
        .noneMatch(line -> line.contains("/"));
    for (String script : List.of("entrypoint.sh", "decom.sh")) {
      assertThat(DOCKER.resolve(script)).isExecutable();
      assertThat(last).anyMatch(line -> line.contains("submit/docker/" + script));
    }
  }

  private static String lastOf(List<String> lines, String instruction) {
    return lines.stream()
        .filter(line -> line.startsWith(instruction + " "))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  private static Map<String, String> executorVariables() {
    Map<String, String> variables = new TreeMap<>();
    variables.put("SPARK_DRIVER_URL", "spark://driver");
    variables.put("SPARK_EXECUTOR_ID", "7");
    variables.put("SPARK_EXECUTOR_CORES", "1");
    variables.put("SPARK_EXECUTOR_MEMORY", "512m");
    variables.put("SPARK_APPLICATION_ID", "spark-1");
    variables.put("SPARK_EXECUTOR_POD_IP", "10.9.8.7");
    variables.put("SPARK_EXECUTOR_POD_NAME", "exec-7");
    variables.put("SPARK_RESOURCE_PROFILE_ID", "0");
    variables.put("SPARK_CONF_DIR", "/opt/spark/conf");
    return variables;
  }
}
