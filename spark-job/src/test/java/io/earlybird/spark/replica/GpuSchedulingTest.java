package io.earlybird.spark.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.engine.Device;
import io.earlybird.model.engine.Precision;
import io.earlybird.model.network.NetworkJson;
import io.earlybird.spark.ExecutorJvms;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two executors with two GPUs each, of the four that the shipped discovery script finds with a
 * made-up {@code nvidia-smi}: tasks that run at the same time have a GPU each, and the engine is
 * asked for that one.
 */
@Tag("own-jvm")
class GpuSchedulingTest {
  private static final int TASKS = 4;
  private static final List<String> EIGHT =
      Stream.of("a", "b", "c", "d", "e", "f", "g", "h").map(name -> "GPU-" + name).toList();

  @TempDir private Path directory;

  /** What one task had: its executor, the address that Spark gave it, the device it was run on. */
  private record Seen(String executor, String address, int device) implements Serializable {
    private static final long serialVersionUID = 1;
  }

  @Test
  void theAddressIsTheDeviceWhereTheProcessSeesAllGpus() throws Exception {
    List<Seen> seen = run(MadeUpGpus.of(directory, EIGHT.subList(0, TASKS)), Optional.empty());

    assertThat(seen).extracting(Seen::address).containsExactlyInAnyOrder("0", "1", "2", "3");
    assertThat(seen)
        .allSatisfy(task -> assertThat(task.device()).isEqualTo(Integer.parseInt(task.address())));
  }

  @Test
  void thePositionIsTheDeviceWhereTheProcessSeesSomeGpusOnly() throws Exception {
    String visible = "6,4,GPU-h,5";
    List<Seen> seen = run(MadeUpGpus.of(directory, EIGHT), Optional.of(visible));

    assertThat(seen).extracting(Seen::address).containsExactlyInAnyOrder("4", "5", "6", "GPU-h");
    assertThat(seen)
        .allSatisfy(
            task ->
                assertThat(task.device())
                    .isEqualTo(List.of(visible.split(",")).indexOf(task.address())));
  }

  /** All that the tasks of two jobs saw; the second one finds the replicas of the first. */
  private List<Seen> run(MadeUpGpus gpus, Optional<String> visible) throws IOException {
    SparkConf conf =
        ExecutorJvms.conf(1, 512)
            .setMaster("local-cluster[1," + TASKS + ",1024]")
            .set("spark.executor.cores", "2")
            .set("spark.worker.resource.gpu.amount", Integer.toString(TASKS))
            .set(
                "spark.worker.resource.gpu.discoveryScript",
                gpus.discovery(visible).toAbsolutePath().toString())
            .set("spark.executor.resource.gpu.amount", "2")
            .set("spark.task.resource.gpu.amount", "1");
    visible.ifPresent(list -> conf.set("spark.executorEnv.CUDA_VISIBLE_DEVICES", list));
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      List<Seen> first = together(spark, "first");
      List<Seen> second = together(spark, "second");
      assertThat(first).extracting(Seen::executor).containsOnly("0", "1");
      assertThat(first).extracting(Seen::address).doesNotHaveDuplicates();
      assertThat(second).containsExactlyInAnyOrderElementsOf(first);
      return first;
    }
  }

  private List<Seen> together(JavaSparkContext spark, String name) throws IOException {
    Path meeting = Files.createDirectory(directory.resolve(name));
    return spark
        .parallelize(List.of(0, 1, 2, 3), TASKS)
        .map(new UseReplica(meeting.toString())::call)
        .collect();
  }

  /** Uses a replica while all other tasks use one. */
  private record UseReplica(String meeting) implements Serializable {
    private static final long serialVersionUID = 1;

    Seen call(int task) throws IOException {
      String address = TaskContext.get().resourcesJMap().get("gpu").addresses()[0];
      ReplicaKey key =
          new ReplicaKey(
              "test",
              0,
              NetworkJson.write(Networks.named("demo-resnet", 3, 16)),
              "recording",
              Precision.FLOAT64,
              1);
      Device device =
          ReplicaPool.shared()
              .use(
                  key,
                  replica -> {
                    meet(task);
                    return RecordingEngine.deviceOf(replica);
                  });
      assertThat(device.kind()).isEqualTo(Device.Kind.CUDA);
      return new Seen(SparkEnv.get().executorId(), address, device.index());
    }

    private void meet(int task) throws IOException {
      Path directory = Path.of(meeting);
      Files.createFile(directory.resolve("task-" + task));
      Instant end = Instant.now().plus(Duration.ofMinutes(2));
      while (directory.toFile().list().length < TASKS) {
        if (Instant.now().isAfter(end)) {
          throw new IllegalStateException("The other tasks did not come to " + meeting);
        }
        try {
          Thread.sleep(10);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }
}
