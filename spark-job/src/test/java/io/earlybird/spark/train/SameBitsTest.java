package io.earlybird.spark.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.spark.ExecutorJvms;
import io.earlybird.spark.events.RunListener;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The result of a run does not depend on who computes it. */
@Tag("own-jvm")
class SameBitsTest {
  private static final RunListener SILENT = new RunListener() {};

  @TempDir private Path temporary;

  @Test
  void taskSlotsExecutorsAndTheLossOfAnExecutorDoNotChangeABit() throws Exception {
    String one = train("one", local(1), SILENT);
    String two = train("two", local(2), SILENT);
    ExecutorKiller killer = ExecutorKiller.inARoundOfEpoch(2);
    String executors = train("executors", ExecutorJvms.conf(2, 700), killer);

    assertThat(two).isEqualTo(one);
    assertThat(killer.killed()).isEqualTo(1);
    assertThat(executors).isEqualTo(one);
  }

  private String train(String name, SparkConf conf, RunListener listener) throws Exception {
    TinyRun run = new TinyRun(temporary.resolve(name));
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      assertThat(run.train(spark, () -> false, listener)).isEqualTo(Outcome.FINISHED);
    }
    return run.parametersSha256();
  }

  private static SparkConf local(int slots) {
    return new SparkConf()
        .setAppName("test")
        .setMaster("local[" + slots + "]")
        .set("spark.ui.enabled", "false");
  }
}
