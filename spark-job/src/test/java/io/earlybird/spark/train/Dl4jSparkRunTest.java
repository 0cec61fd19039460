package io.earlybird.spark.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.spark.LocalSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run by dl4j-spark, with the one replica whose average is that of resident rounds.
 *
 * <p>The learning rate halves with every epoch, so that one that is not the schedule's, in a single
 * epoch, before or after the switch, moves the values by half of what the epoch moves them, or
 * more.
 */
class Dl4jSparkRunTest {
  private static final int SWITCH = 2;

  /**
   * Distance from the resident run, relative to what the third epoch moves; the fourth moves half
   * of it. Sums in another order make up far less.
   */
  private static final double TOLERANCE = 0.05;

  @TempDir private Path temporary;

  @Test
  void appliesTheLearningRatesOfTheScheduleAcrossResumesAndTheSwitch() throws Exception {
    TinyRun resident = run("resident");
    resident.train(LocalSpark.context(), () -> false);
    TinyRun baseline = run("dl4j-spark");
    int starts = 1;
    while (baseline.train(LocalSpark.context(), new AfterRounds(4)) == Outcome.STOPPED) {
      starts++;
    }

    assertThat(starts).isGreaterThan(2);
    assertThat(learningRates(baseline)).containsExactly(0.02, 0.01, 0.005, 0.0025);
    double movement = distance(resident.state(SWITCH), resident.state(SWITCH + 1));
    assertThat(movement).isPositive();
    for (int epoch = 1; epoch <= TinyRun.EPOCHS; epoch++) {
      TrainingState expected = resident.state(epoch);
      TrainingState actual = baseline.state(epoch);
      assertThat(actual.generation()).isEqualTo(epoch < SWITCH ? 0 : 1);
      assertThat(actual.network()).isEqualTo(expected.network());
      assertThat(distance(actual, expected) / movement).as("epoch %d", epoch).isLessThan(TOLERANCE);
    }
  }

  private TinyRun run(String implementation) {
    return new TinyRun(
        temporary.resolve(implementation),
        "averaging.implementation=" + implementation,
        "averaging.replicas=1",
        "averaging.replicas-per-task=1",
        "averaging.batch-size=12",
        "checkpoint.keep=100",
        "optimizer.learning-rate=0.02",
        "optimizer.schedule.milestones=[1, 2, 3]",
        "optimizer.schedule.factor=0.5",
        "sparsity.zeroed=trainable");
  }

  private static List<Double> learningRates(TinyRun run) {
    List<Double> rates = new ArrayList<>();
    for (String line : run.events()) {
      if (line.contains("\"learningRate\"")) {
        rates.add(Double.valueOf(line.replaceFirst(".*\"learningRate\":([-0-9.E]+).*", "$1")));
      }
    }
    return rates;
  }

  /** Root of the summed squares of what trainable values differ by. */
  private static double distance(TrainingState a, TrainingState b) {
    float[] left = trainable(a);
    float[] right = trainable(b);
    assertThat(left).hasSameSizeAs(right);
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += Math.pow((double) left[i] - right[i], 2);
    }
    return Math.sqrt(sum);
  }

  private static float[] trainable(TrainingState state) {
    return Arrays.copyOf(
        state.parameters().values(), state.parameters().layout().trainableLength());
  }
}
