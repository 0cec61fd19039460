package io.earlybird.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QuantizationTest {
  @Test
  void everyStepReplicaAndMeanHasDrawsOfItsOwn() {
    Quantization run = new Quantization(8, 1);
    Set<Long> seeds = new HashSet<>();
    for (int epoch = 0; epoch < 3; epoch++) {
      for (int step = 0; step < 4; step++) {
        seeds.add(run.ofMean(epoch, step).seed());
        for (int replica = 0; replica < 5; replica++) {
          seeds.add(run.at(epoch, step, replica).seed());
        }
      }
    }
    assertThat(seeds).hasSize(3 * 4 * 6);
    assertThat(run.at(2, 3, 4)).isEqualTo(new Quantization(8, 1).at(2, 3, 4));
    assertThat(run.at(2, 3, 4).wordLength()).isEqualTo(8);
  }

  @Test
  void onlyBlockFloatingPointRounds() {
    assertThat(TrainingPrecision.FLOAT32.quantization(1).rounds()).isFalse();
    assertThat(TrainingPrecision.BFLOAT16.quantization(1).rounds()).isFalse();
    assertThat(TrainingPrecision.BFP8.quantization(1).wordLength()).isEqualTo(8);
    assertThat(TrainingPrecision.BFP8.replicas()).isEqualTo(Precision.FLOAT32);
    assertThat(Quantization.none().at(1, 2, 3)).isEqualTo(Quantization.none());
  }

  @Test
  void refusesWordsThatDoNotExist() {
    assertThatThrownBy(() -> new Quantization(1, 0))
        .hasMessage("Invalid word length 1: must be in [2, 32]");
  }
}
