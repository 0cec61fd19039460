package io.earlybird.spark.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.spark.ExecutorJvms;
import io.earlybird.spark.events.RunListener;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A lost executor costs a retry and no bit, whatever kind of state a policy has: the momentum of
 * weights that are held, an outer step, masks that a replica makes of its own weights, what is
 * trained besides weights, words of eight bits, and gradients and activations that the policy asks
 * for between epochs.
 */
@Tag("own-jvm")
@Tag("slow")
class ExecutorLossTest {
  private static final RunListener SILENT = new RunListener() {};

  @TempDir private Path temporary;

  @Test
  void noBitOfAnyKindOfStateChanges() throws Exception {
    Map<PolicyCase, String> expected = new HashMap<>();
    SparkConf alone =
        new SparkConf().setAppName("test").setMaster("local[2]").set("spark.ui.enabled", "false");
    try (JavaSparkContext spark = new JavaSparkContext(alone)) {
      for (PolicyCase policy : cases()) {
        expected.put(policy, train(spark, policy, "alone", SILENT));
      }
    }
    try (JavaSparkContext spark = new JavaSparkContext(ExecutorJvms.conf(2, 700))) {
      for (PolicyCase policy : cases()) {
        ExecutorKiller killer = killer(policy);
        assertThat(train(spark, policy, "losing", killer))
            .as("%s", policy)
            .isEqualTo(expected.get(policy));
        assertThat(killer.killed()).as("executors that %s has lost", policy).isEqualTo(1);
      }
    }
  }

  private static List<PolicyCase> cases() {
    List<String> names =
        List.of("imp", "sparse-momentum", "rigl", "dpf", "cs", "early-bird-lf", "thinet");
    return Stream.concat(PolicyCase.masking(), PolicyCase.cutting())
        .filter(policy -> names.contains(policy.name()))
        .toList();
  }

  /** What rigl and thinet ask for is measured while an executor is missing. */
  private static ExecutorKiller killer(PolicyCase policy) {
    return List.of("rigl", "thinet").contains(policy.name())
        ? ExecutorKiller.whenThePolicyIsAskedAfter(2)
        : ExecutorKiller.inARoundOfEpoch(2);
  }

  private String train(
      JavaSparkContext spark, PolicyCase policy, String where, RunListener listener)
      throws Exception {
    TinyRun run = policy.run(temporary.resolve(policy.name()).resolve(where));
    assertThat(run.train(spark, () -> false, listener))
        .as("%s", policy)
        .isEqualTo(Outcome.FINISHED);
    return run.parametersSha256();
  }
}
