package io.earlybird.spark.submit;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.spark.submit.Launch.SparkOrigin;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A driver that asks an API server for executors, as that of the {@code CronJob} does. The test
 * looks at the pods and then runs them: with the image's entry point, each in a directory that
 * imitates the image.
 */
@Tag("own-jvm")
class KubernetesExecutorsTest {
  private static final String NAMESPACE = "earlybird";
  private static final int EXECUTORS = 2;
  private static final String LOCAL_DIRECTORIES = "SPARK_LOCAL_DIRS";

  @TempDir private Path directory;
  private final ApiServer server = new ApiServer();
  private final List<Process> processes = new ArrayList<>();
  private Path secret;
  private Path discovery;

  @BeforeEach
  void prepare() throws IOException {
    secret = Files.writeString(directory.resolve("secret"), "a-secret-of-32-characters-or-more");
    Container.script(directory.resolve("nvidia-smi"), "echo '0, GPU-aa11'\n");
    discovery = directory.resolve("discover");
    Container.script(
        discovery,
        "PATH='" + directory + "':$PATH exec '" + Manifests.SUBMIT + "/gpu/discover-gpus'\n");
    server
        .client()
        .pods()
        .inNamespace(NAMESPACE)
        .resource(new PodBuilder().withNewMetadata().withName("nightly").endMetadata().build())
        .create();
  }

  @AfterEach
  void stop() throws InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
    server.close();
  }

  @Test
  void theExecutorsRunAsTheirPodsSay() throws Exception {
    try (JavaSparkContext spark = new JavaSparkContext(conf())) {
      List<Pod> pods = executors();
      assertThat(pods).allSatisfy(this::isAsPresetAndTemplateSay);
      for (Pod pod : pods) {
        run(pod);
      }
      List<String> seen =
          spark
              .parallelize(List.of(1, 2, 3, 4), 4)
              .map(
                  number ->
                      SparkEnv.get().conf().get("spark.network.crypto.enabled")
                          + " "
                          + TaskContext.get().resourcesJMap().get("gpu").addresses()[0])
              .collectAsync()
              .get(2, TimeUnit.MINUTES);
      assertThat(seen).hasSize(4).containsOnly("true 0");
    }
    assertThat(server.client().pods().inNamespace(NAMESPACE).list().getItems())
        .extracting(pod -> pod.getMetadata().getName())
        .containsExactly("nightly");
    Rights.of("earlybird-driver").assertAllow(server.requests());
  }

  private void isAsPresetAndTemplateSay(Pod pod) {
    assertThat(pod.getSpec().getServiceAccountName()).isEqualTo("earlybird-executor");
    assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSpec().getTerminationGracePeriodSeconds()).isEqualTo(120);
    assertThat(pod.getSpec().getTolerations())
        .extracting(Toleration::getKey)
        .contains("nvidia.com/gpu", "cloud.google.com/gke-spot");
    assertThat(pod.getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(owner -> assertThat(owner.getName()).isEqualTo("nightly"));
    assertThat(pod.getMetadata().getLabels())
        .containsEntry("app.kubernetes.io/component", "executor");
    var container = pod.getSpec().getContainers().get(0);
    KubernetesManifestsTest.isHarmless(container);
    assertThat(container.getImage()).isEqualTo("earlybird:cpu");
    assertThat(container.getArgs()).containsExactly("executor");
    assertThat(container.getResources().getLimits())
        .containsEntry("nvidia.com/gpu", new Quantity("1"))
        .containsEntry("memory", new Quantity("1088Mi"));
    assertThat(container.getLifecycle().getPreStop().getExec().getCommand())
        .containsExactly("/opt/decom.sh");
    assertThat(container.getVolumeMounts())
        .extracting(VolumeMount::getMountPath)
        .contains("/etc/earlybird/auth", "/tmp", "/home/earlybird", "/shards");
    assertThat(KubernetesSubmitTest.environment(container))
        .containsEntry("OMP_NUM_THREADS", "1")
        .containsEntry("CUDA_DEVICE_ORDER", "PCI_BUS_ID")
        .doesNotContainKey("_SPARK_AUTH_SECRET");
    assertThat(pod.toString()).doesNotContain("a-secret-of-32-characters-or-more");
  }

  /** What a node does: it starts the container with the variables of the pod. */
  private void run(Pod pod) throws IOException {
    Path place = Files.createDirectory(directory.resolve(pod.getMetadata().getName()));
    var container = Container.in(place);
    container.set("JAVA_HOME", System.getProperty("java.home"));
    container.set("SPARK_LOCAL_IP", "127.0.0.1");
    for (EnvVar variable : pod.getSpec().getContainers().get(0).getEnv()) {
      container.set(variable.getName(), value(variable, pod, place));
    }
    processes.add(container.start(place.resolve("output"), "executor"));
    server
        .client()
        .pods()
        .inNamespace(NAMESPACE)
        .resource(new PodBuilder(pod).withNewStatus().withPhase("Running").endStatus().build())
        .update();
  }

  private static String value(EnvVar variable, Pod pod, Path place) {
    if (variable.getName().equals(LOCAL_DIRECTORIES)) {
      return place.resolve("tmp").toString();
    }
    if (variable.getValueFrom() == null) {
      return variable.getValue();
    }
    return switch (variable.getValueFrom().getFieldRef().getFieldPath()) {
      case "status.podIP" -> "127.0.0.1";
      case "metadata.name" -> pod.getMetadata().getName();
      default -> throw new IllegalArgumentException(variable.toString());
    };
  }

  private List<Pod> executors() throws InterruptedException {
    Instant end = Instant.now().plus(Duration.ofMinutes(2));
    while (true) {
      List<Pod> pods =
          server
              .client()
              .pods()
              .inNamespace(NAMESPACE)
              .withLabel("spark-role", "executor")
              .list()
              .getItems();
      if (pods.size() == EXECUTORS) {
        return pods;
      }
      assertThat(Instant.now()).isBefore(end);
      Thread.sleep(50);
    }
  }

  private SparkConf conf() {
    SubmitPlan plan =
        SubmitPlan.of(
            List.of(
                "train",
                "--cluster=k8s",
                "--master=" + server.master(),
                "--set=data.train=-",
                "--set=data.validation=-",
                "--set=network.name=demo",
                "--set=averaging.replicas=" + EXECUTORS,
                "--set=averaging.batch-size=8",
                "--set=data.image-size=16",
                "--spark=spark.executor.extraClassPath=" + System.getProperty("java.class.path"),
                "--spark=spark.driver.host=127.0.0.1",
                "--spark=spark.driver.bindAddress=127.0.0.1",
                "--spark=spark.ui.enabled=false",
                "--spark=spark.kubernetes.driver.pod.name=nightly",
                "--spark=spark.authenticate.secret.file=" + secret,
                "--spark=spark.kubernetes.executor.volumes.persistentVolumeClaim.shards.mount.path=/shards",
                "--spark=spark.kubernetes.executor.volumes.persistentVolumeClaim.shards.options.claimName=earlybird-shards",
                "--spark=spark.executor.resource.gpu.amount=1",
                "--spark=spark.executor.resource.gpu.vendor=nvidia.com",
                "--spark=spark.executor.resource.gpu.discoveryScript=" + discovery,
                "--spark=spark.task.resource.gpu.amount=1"),
            new Launch(
                Path.of("..", "conf", "spark"),
                directory,
                SparkOrigin.OWN,
                Optional.empty(),
                8L << 30,
                Map.of("HOME", System.getProperty("user.home"))));
    SparkConf conf = new SparkConf().setAppName("test").setMaster(server.master());
    for (int i = 0; i < plan.arguments().size(); i++) {
      if (plan.arguments().get(i).equals("--conf")) {
        String[] setting = plan.arguments().get(i + 1).split("=", 2);
        conf.set(setting[0], setting[1]);
      }
    }
    return conf;
  }
}
