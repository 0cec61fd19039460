package io.earlybird.spark.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.spark.TinyShards;
import io.earlybird.spark.submit.Launch.SparkOrigin;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code --cluster k8s --deploy-mode cluster} through Spark's own client against an API server:
 * what it asks for.
 */
class KubernetesSubmitTest {
  private static final String NAMESPACE = "earlybird";

  @TempDir private Path directory;
  private final ApiServer server = new ApiServer();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theDriverPodIsWhatPresetTemplateAndCommandLineSay() throws Exception {
    Path settings = Files.writeString(directory.resolve("night.conf"), settings());
    submit(
        "train",
        "--cluster",
        "k8s",
        "--deploy-mode",
        "cluster",
        "--master",
        server.master(),
        "--conf",
        settings.toString(),
        "--spark",
        "spark.kubernetes.submission.waitAppCompletion=false",
        "--spark",
        "spark.kubernetes.driver.volumes.persistentVolumeClaim.runs.mount.path=/runs",
        "--spark",
        "spark.kubernetes.driver.volumes.persistentVolumeClaim.runs.options.claimName=earlybird-runs",
        "--spark",
        "spark.executor.resource.gpu.amount=1",
        "--spark",
        "spark.executor.resource.gpu.vendor=nvidia.com",
        "--spark",
        "spark.executor.resource.gpu.discoveryScript=/opt/earlybird/submit/gpu/discover-gpus",
        "--spark",
        "spark.task.resource.gpu.amount=1");

    List<Pod> pods = server.client().pods().inNamespace(NAMESPACE).list().getItems();
    assertThat(pods).hasSize(1);
    Pod driver = pods.get(0);
    assertThat(driver.getMetadata().getLabels())
        .containsEntry("spark-role", "driver")
        .containsEntry("app.kubernetes.io/name", "earlybird");
    assertThat(driver.getSpec().getServiceAccountName()).isEqualTo("earlybird-driver");
    assertThat(driver.getSpec().getRestartPolicy()).isEqualTo("Never");
    assertThat(driver.getSpec().getTerminationGracePeriodSeconds()).isEqualTo(600);
    assertThat(driver.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
    Container container = driver.getSpec().getContainers().get(0);
    KubernetesManifestsTest.isHarmless(container);
    assertThat(container.getImage()).isEqualTo("earlybird:cpu");
    assertThat(container.getCommand()).isEmpty();
    assertThat(container.getArgs())
        .startsWith("driver")
        .containsSubsequence("--class", "io.earlybird.spark.Main", "spark-internal", "train")
        .containsSubsequence("--conf", "/opt/spark/conf/night.conf");
    Map<String, String> properties = properties();
    assertThat(container.getResources().getLimits().get("memory"))
        .isEqualTo(
            new Quantity(
                mebibytes(properties, "spark.driver.memory")
                    + mebibytes(properties, "spark.driver.memoryOverhead")
                    + "Mi"));
    assertThat(container.getVolumeMounts())
        .extracting(VolumeMount::getMountPath)
        .contains("/runs", "/etc/earlybird/auth", "/tmp", "/home/earlybird", "/opt/spark/conf");
    assertThat(driver.getSpec().getVolumes())
        .anyMatch(
            volume ->
                volume.getPersistentVolumeClaim() != null
                    && volume.getPersistentVolumeClaim().getClaimName().equals("earlybird-runs"))
        .anyMatch(
            volume ->
                volume.getSecret() != null
                    && volume.getSecret().getSecretName().equals("earlybird-auth"));
    assertThat(environment(container)).containsEntry("OMP_NUM_THREADS", "1");

    assertThat(properties)
        .containsEntry("spark.executor.resource.gpu.amount", "1")
        .containsEntry("spark.executor.resource.gpu.vendor", "nvidia.com")
        .containsEntry("spark.authenticate", "true")
        .containsEntry("spark.authenticate.secret.file", "/etc/earlybird/auth/secret")
        .containsEntry("spark.decommission.enabled", "true")
        .containsEntry(
            "spark.kubernetes.executor.podTemplateFile",
            "/opt/spark/pod-template/pod-spec-template.yml")
        .doesNotContainKeys("spark.authenticate.secret", "spark.files");
    assertThat(configMaps()).anyMatch(map -> map.getData().containsValue(settings()));
    assertThat(configMaps())
        .anyMatch(
            map ->
                map.getData()
                    .getOrDefault("podspec-configmap-key", "")
                    .contains("component: executor"));
    assertThat(server.client().services().inNamespace(NAMESPACE).list().getItems())
        .singleElement()
        .extracting(Service::getMetadata)
        .satisfies(
            meta ->
                assertThat(meta.getOwnerReferences().get(0).getName())
                    .isEqualTo(driver.getMetadata().getName()));
    Rights.of("earlybird-submit").assertAllow(server.requests());
  }

  /** Runs spark-submit as the launcher does. */
  private void submit(String... commandLine) throws IOException, InterruptedException {
    Launch launch =
        new Launch(
            Path.of("..", "conf", "spark"),
            directory,
            SparkOrigin.OWN,
            Optional.empty(),
            8L << 30,
            Map.of(
                "HOME",
                System.getProperty("user.home"),
                "EARLYBIRD_WORK",
                directory.resolve("work").toString()));
    SubmitPlan plan = SubmitPlan.of(List.of(commandLine), launch);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Manifests.SUBMIT.resolve("jvm.options"));
    command.addAll(
        List.of(
            "-cp", System.getProperty("java.class.path"), "org.apache.spark.deploy.SparkSubmit"));
    command.addAll(plan.arguments());
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().putAll(plan.environment());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).describedAs(output).isZero();
  }

  private List<ConfigMap> configMaps() {
    return server.client().configMaps().inNamespace(NAMESPACE).list().getItems();
  }

  /** What the driver reads as {@code /opt/spark/conf/spark.properties}. */
  private Map<String, String> properties() throws IOException {
    List<String> texts =
        configMaps().stream()
            .map(map -> map.getData().get("spark.properties"))
            .filter(text -> text != null)
            .toList();
    assertThat(texts).hasSize(1);
    return PropertiesFile.read(
        Files.writeString(directory.resolve("spark.properties"), texts.get(0)));
  }

  private static int mebibytes(Map<String, String> properties, String key) {
    String text = properties.get(key);
    assertThat(text).endsWith("m");
    return Integer.parseInt(text.substring(0, text.length() - 1));
  }

  static Map<String, String> environment(Container container) {
    return container.getEnv().stream()
        .filter(variable -> variable.getValue() != null)
        .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
  }

  private static String settings() {
    return """
        earlybird {
          run { name = night, epochs = 2, directory = "file:///runs/night" }
          data { train = "%s", validation = "%s", image-size = 16 }
          network { name = demo, classes = 3 }
          averaging { replicas = 2, batch-size = 8 }
        }
        """
        .formatted(TinyShards.train(), TinyShards.validation());
  }
}
