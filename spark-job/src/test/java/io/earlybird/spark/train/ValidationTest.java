package io.earlybird.spark.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.model.parameters.Parameters;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.spark.LocalSpark;
import io.earlybird.spark.evaluation.BatchNormStatistics;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidationTest {
  private static final int BATCHES = 2;

  @TempDir private Path temporary;

  @Test
  void recalibrationEstimatesTheStatisticsThatAreEvaluatedAndKept() throws Exception {
    TinyRun plain = run("plain", 0);
    TinyRun recalibrated = run("recalibrated", BATCHES);
    plain.train(LocalSpark.context(), () -> false);
    recalibrated.train(LocalSpark.context(), () -> false);

    Parameters kept = recalibrated.state(1).parameters();
    assertThat(kept).isEqualTo(estimated(plain, plain.state(1)));
    assertThat(kept).isNotEqualTo(plain.state(1).parameters());
    assertThat(validationLoss(recalibrated))
        .isCloseTo(recalibrated.score(LocalSpark.context()).loss(), within(1e-9))
        .isNotEqualTo(validationLoss(plain));
  }

  private static Parameters estimated(TinyRun run, TrainingState state) throws Exception {
    return new BatchNormStatistics(
            LocalSpark.context(),
            AveragingParts.of(run.settings().averaging()),
            DataSets.training(run.settings(), run.training()))
        .estimate(
            new ReplicaKeys("expected", run.settings().engine().name(), 1)
                .of(state, run.settings().engine().precision().replicas()),
            state.parameters(),
            0,
            BATCHES,
            "expected");
  }

  private TinyRun run(String name, int batches) {
    return new TinyRun(
        temporary.resolve(name),
        "run.epochs=1",
        "sparsity.policy=dense",
        "averaging.bn-recalibration-batches=" + batches);
  }

  private static double validationLoss(TinyRun run) {
    return Double.parseDouble(
        run.events().get(0).replaceFirst(".*\"validationLoss\":([-0-9.E]+).*", "$1"));
  }
}
