package io.earlybird.spark.faults;

import static io.earlybird.spark.faults.Phase.BROADCAST;
import static io.earlybird.spark.faults.Phase.CHECKPOINT;
import static io.earlybird.spark.faults.Phase.COMPUTE;
import static io.earlybird.spark.faults.Phase.EVALUATION;
import static io.earlybird.spark.faults.Phase.EVENTS;
import static io.earlybird.spark.faults.Phase.MASK;
import static io.earlybird.spark.faults.Phase.REDUCE;
import static io.earlybird.spark.faults.Phase.START;
import static io.earlybird.spark.faults.Phase.TICKET;
import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.spark.faults.Training.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trainings struck by faults; each must come to the result of the one that is left in peace.
 *
 * <p>{@code mvn -Pfaults verify -pl spark-job -am} runs it and writes {@code target/faults.md}.
 * {@code -Dearlybird.faults.seed=N} draws other moments.
 */
@Tag("faults")
@Tag("own-jvm")
@TestMethodOrder(OrderAnnotation.class)
class FaultSuiteTest {
  private static final long SEED = Long.getLong("earlybird.faults.seed", 1);
  private static final int LEAST = 30;
  private static final int EPOCHS = 6;
  private static final Map<String, String> ONE_EXECUTOR = Map.of("spark.cores.max", "1");
  private static final Map<String, String> SHORT_TIME_OUTS =
      Map.of(
          "spark.network.timeout", "15s",
          "spark.network.timeoutInterval", "2s",
          "spark.executor.heartbeatInterval", "2s");
  private static final Map<String, String> DYNAMIC_ALLOCATION =
      Map.of(
          "spark.dynamicAllocation.enabled", "true",
          "spark.dynamicAllocation.shuffleTracking.enabled", "true",
          "spark.dynamicAllocation.shuffleTracking.timeout", "5s",
          "spark.dynamicAllocation.executorIdleTimeout", "3s",
          "spark.dynamicAllocation.schedulerBacklogTimeout", "1s",
          "spark.dynamicAllocation.cachedExecutorIdleTimeout", "5s");

  @TempDir private static Path directory;

  private static final ItemClock CLOCK = new ItemClock();
  private static final FaultTable TABLE = new FaultTable();
  private static Lab lab;
  private static Result undisturbed;

  @BeforeAll
  static void trainUndisturbed() throws Exception {
    lab = Lab.withSmallDisk(directory);
    undisturbed =
        new Training(lab, "undisturbed", Map.of(), EPOCHS)
            .run(new Schedule(lab, SEED, CLOCK, List.of()));
  }

  @AfterAll
  static void stop() throws Exception {
    TABLE.write(Path.of("target", "faults.md"));
    System.out.println(TABLE.text());
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  @Order(2)
  void executorsAndWorkersDie() throws Exception {
    strike(
        "executors",
        Map.of(),
        List.of(
            Faults.executorKilled(BROADCAST),
            Faults.executorKilled(COMPUTE),
            Faults.executorKilled(REDUCE),
            Faults.executorKilled(EVALUATION),
            Faults.workerKilled(COMPUTE),
            Faults.everyExecutorKilled(COMPUTE),
            Faults.workerKilled(REDUCE),
            Faults.executorKilled(COMPUTE),
            Faults.everyExecutorKilled(REDUCE),
            Faults.executorKilled(REDUCE)));
  }

  @Test
  @Order(5)
  void theDriverDies() throws Exception {
    strike(
        "driver",
        ONE_EXECUTOR,
        List.of(
            Faults.driverKilledAtOnce(START, "rename config.json"),
            Faults.driverKilled(BROADCAST, ""),
            Faults.driverKilled(COMPUTE, ""),
            Faults.driverKilled(REDUCE, ""),
            Faults.driverKilledAtOnce(EVALUATION, ""),
            Faults.driverKilledAtOnce(MASK, ""),
            Faults.driverKilledAtOnce(TICKET, "rename"),
            Faults.driverKilledAtOnce(EVENTS, "rename"),
            Faults.driverKilledAtTheSecond(START, "rename heartbeat"),
            Faults.driverAsked(COMPUTE),
            Faults.driverEvicted(),
            Faults.driverAskedInALateEvaluation()));
  }

  @Test
  @Order(4)
  void theDriverDiesAtEachStepOfWritingACheckpoint() throws Exception {
    strike(
        "steps",
        ONE_EXECUTOR,
        List.of(
            Faults.driverKilled(CHECKPOINT, "create network"),
            Faults.driverKilled(CHECKPOINT, "create parameters"),
            Faults.driverKilled(CHECKPOINT, "rename parameters"),
            Faults.driverKilled(CHECKPOINT, "rename momentum"),
            Faults.driverKilled(CHECKPOINT, "rename policy"),
            Faults.driverKilled(CHECKPOINT, "renamed outer"),
            Faults.driverKilled(CHECKPOINT, "create manifest"),
            Faults.driverKilled(CHECKPOINT, "rename manifest"),
            Faults.driverKilled(CHECKPOINT, "renamed manifest"),
            Faults.driverKilled(CHECKPOINT, "rename LATEST"),
            Faults.driverKilled(CHECKPOINT, "remove manifest"),
            Faults.driverKilled(CHECKPOINT, "remove epoch"),
            Faults.checkpointDamaged("steps", "parameters.safetensors"),
            Faults.checkpointDamaged("steps", "manifest.json")));
  }

  @Test
  @Order(1)
  void filesAndDisksFail() throws Exception {
    strike(
        "files",
        Map.of(),
        List.of(
            Faults.dataNodeKilled(CHECKPOINT, "create momentum"),
            Faults.everyDataNodeKilled(COMPUTE),
            Faults.noCheckpointSpace("files"),
            Faults.dataNodeKilled(COMPUTE, ""),
            Faults.noShuffleSpace(lab),
            Faults.shardsMissing()));
  }

  @Test
  @Order(6)
  void executorsStandStill() throws Exception {
    strike(
        "pauses",
        SHORT_TIME_OUTS,
        List.of(Faults.executorPaused(COMPUTE), Faults.executorPaused(REDUCE)));
  }

  @Test
  @Order(3)
  void executorsComeAndGo() throws Exception {
    strike(
        "dynamic",
        DYNAMIC_ALLOCATION,
        List.of(
            Faults.idleExecutorsRemoved(),
            Faults.executorKilled(COMPUTE),
            Faults.idleExecutorsRemoved()));
  }

  @Test
  @Order(7)
  void allThatStruckWasMadeUpFor() {
    assertThat(TABLE.size()).isGreaterThanOrEqualTo(LEAST);
  }

  private static void strike(String name, Map<String, String> spark, List<Fault> faults)
      throws Exception {
    Schedule schedule = new Schedule(lab, SEED, CLOCK, faults);
    Training training = new Training(lab, name, spark, EPOCHS);
    assertThat(training.run(schedule)).isEqualTo(undisturbed);
    TABLE.add(schedule.over(training.output()));
  }
}
