package io.earlybird.spark.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.earlybird.spark.submit.ScheduledSparkApplication.ConcurrencyPolicy;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Kubernetes objects in {@code submit/k8s}, against the model of the Kubernetes client. */
class KubernetesManifestsTest {
  private static final Path PRESET = Path.of("..", "conf", "spark", "k8s.conf");

  /** What the Spark operator says itself, or is said in fields of its object. */
  private static final Set<String> OPERATORS_OWN =
      Set.of(
          "spark.kubernetes.namespace",
          "spark.kubernetes.container.image",
          "spark.kubernetes.authenticate.driver.serviceAccountName",
          "spark.kubernetes.authenticate.executor.serviceAccountName",
          "spark.kubernetes.driver.podTemplateFile",
          "spark.kubernetes.executor.podTemplateFile");

  static List<Path> files() throws IOException {
    return Manifests.files();
  }

  @ParameterizedTest
  @MethodSource("files")
  void kubernetesKnowsEveryField(Path file) throws IOException {
    List<JsonNode> documents = Manifests.documents(file);

    assertThat(documents).isNotEmpty();
    for (JsonNode document : documents) {
      assertThat(Manifests.typed(document)).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{apiVersion: v1, kind: Pod, spec: {restartPolcy: Never}}",
        "{apiVersion: v1, kind: Pod, spec: {containers: [{name: a, securityContext: {runAsRoot: 1}}]}}",
        "{apiVersion: batch/v1, kind: CronJob, spec: {suspend: perhaps}}",
        "{apiVersion: v1, kind: Pod, kind: Pod}",
        "{apiVersion: sparkoperator.k8s.io/v1beta2, kind: ScheduledSparkApplication, metadata: {}}",
        "{apiVersion: v2, kind: Pod}"
      })
  void aMistakeIsFound(String yaml) {
    assertThatThrownBy(
            () -> {
              for (JsonNode document : Manifests.parse(yaml)) {
                Manifests.typed(document);
              }
            })
        .isInstanceOf(IOException.class);
  }

  @Test
  void everythingLiesInTheNamespace() throws IOException {
    String namespace = Manifests.read("namespace.yaml", Namespace.class).getMetadata().getName();
    List<String> others = new ArrayList<>();
    for (Path file : files()) {
      for (JsonNode document : Manifests.documents(file)) {
        if (!Set.of("Namespace", "Pod").contains(document.path("kind").asText())) {
          others.add(document.path("metadata").path("namespace").asText());
        }
      }
    }

    assertThat(others).isNotEmpty().containsOnly(namespace);
    assertThat(preset()).containsEntry("spark.kubernetes.namespace", namespace);
  }

  /** As the Pod Security Standard "restricted" of the namespace demands, and a read-only root. */
  @Test
  void noPodHasPrivileges() throws IOException {
    assertThat(pods())
        .hasSize(5)
        .allSatisfy(
            pod -> {
              assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
              assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(185);
              assertThat(pod.getSecurityContext().getSeccompProfile().getType())
                  .isEqualTo("RuntimeDefault");
              assertThat(pod.getContainers()).allSatisfy(KubernetesManifestsTest::isHarmless);
              assertThat(pod.getHostNetwork()).isNull();
            });
  }

  static void isHarmless(Container container) {
    assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getSecurityContext().getPrivileged()).isNull();
    assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(container.getSecurityContext().getCapabilities().getAdd()).isEmpty();
  }

  @Test
  void theImageNeedsNoRegistry() throws IOException {
    String image = preset().get("spark.kubernetes.container.image");

    assertThat(image).isEqualTo("earlybird:cpu");
    assertThat(driverOf(cronJob()).getContainers())
        .extracting(Container::getImage)
        .containsOnly(image);
    assertThat(scheduled().spec().template().image()).isEqualTo(image);
  }

  @Test
  void theCronJobRunsOneDriverAtATimeAndTriesAgainWhatMayMend() throws IOException {
    var spec = cronJob().getSpec();
    var job = spec.getJobTemplate().getSpec();

    assertThat(spec.getConcurrencyPolicy()).isEqualTo("Forbid");
    assertThat(spec.getSuspend()).isFalse();
    assertThat(job.getActiveDeadlineSeconds()).isLessThan(24 * 60 * 60);
    assertThat(job.getTemplate().getSpec().getRestartPolicy()).isEqualTo("Never");
    assertThat(job.getPodFailurePolicy().getRules().get(0).getAction()).isEqualTo("FailJob");
    assertThat(job.getPodFailurePolicy().getRules().get(0).getOnExitCodes().getValues())
        .containsExactly(2);
    assertThat(scheduled().spec().concurrencyPolicy()).isEqualTo(ConcurrencyPolicy.Forbid);
  }

  @Test
  void theOperatorsObjectSaysWhatPresetAndTemplatesSay() throws IOException {
    ScheduledSparkApplication.Template template = scheduled().spec().template();
    Map<String, String> preset = preset();
    preset.keySet().removeAll(OPERATORS_OWN);

    assertThat(template.sparkConf()).containsAllEntriesOf(preset);
    assertThat(template.driver().template().getSpec())
        .isEqualTo(Manifests.read("driver-pod.yaml", Pod.class).getSpec());
    assertThat(template.executor().template().getSpec())
        .isEqualTo(Manifests.read("executor-pod.yaml", Pod.class).getSpec());
    assertThat(template.driver().serviceAccount())
        .isEqualTo(preset().get("spark.kubernetes.authenticate.driver.serviceAccountName"));
  }

  @Test
  void secretsAreFiles() throws IOException {
    assertThat(pods())
        .flatExtracting(PodSpec::getContainers)
        .flatExtracting(Container::getEnv)
        .noneMatch(variable -> variable.getName().matches("(?i).*(secret|password|token|key).*"));
    assertThat(driverOf(cronJob()).getVolumes())
        .filteredOn(volume -> volume.getSecret() != null)
        .singleElement()
        .satisfies(
            volume -> {
              assertThat(volume.getSecret().getSecretName()).isEqualTo("earlybird-auth");
              assertThat(volume.getSecret().getDefaultMode()).isEqualTo(0440);
            });
    assertThat(preset())
        .containsEntry("spark.authenticate", "true")
        .containsEntry("spark.authenticate.secret.file", "/etc/earlybird/auth/secret")
        .doesNotContainKey("spark.authenticate.secret");
  }

  static Map<String, String> preset() throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(PRESET)) {
      properties.load(reader);
    }
    Map<String, String> preset = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> preset.put(key, properties.getProperty(key)));
    return preset;
  }

  private static List<PodSpec> pods() throws IOException {
    ScheduledSparkApplication.Template template = scheduled().spec().template();
    return Stream.of(
            Manifests.read("driver-pod.yaml", Pod.class).getSpec(),
            Manifests.read("executor-pod.yaml", Pod.class).getSpec(),
            driverOf(cronJob()),
            template.driver().template().getSpec(),
            template.executor().template().getSpec())
        .toList();
  }

  private static CronJob cronJob() throws IOException {
    return Manifests.read("cron-job.yaml", CronJob.class);
  }

  private static PodSpec driverOf(CronJob job) {
    return job.getSpec().getJobTemplate().getSpec().getTemplate().getSpec();
  }

  private static ScheduledSparkApplication scheduled() throws IOException {
    return Manifests.read("scheduled-spark-application.yaml", ScheduledSparkApplication.class);
  }
}
