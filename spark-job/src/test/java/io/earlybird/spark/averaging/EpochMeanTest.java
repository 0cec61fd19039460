package io.earlybird.spark.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EpochMeanTest {
  /** Rounding of float32. */
  private static final float ROUNDING = 1e-6f;

  private static Parameters filled(float value) {
    Network network = Networks.named("demo-resnet", 3, 16);
    Parameters parameters = Parameters.zeros(ParameterLayout.of(network));
    Arrays.fill(parameters.values(), value);
    return parameters;
  }

  @Test
  void theMeanOfTheSpecificationsEpochsRuns() {
    EpochMean mean = EpochMean.none().plus(filled(1));
    assertThat(mean.values().values()).containsOnly(1f);
    mean = mean.plus(filled(2));
    assertThat(mean.values().values()).containsOnly(1.5f);
    mean = mean.plus(filled(4));
    assertThat(mean.epochs()).isEqualTo(3);
    assertThat(mean.values().values()[0]).isCloseTo(2.3333333f, within(ROUNDING));
  }

  @Test
  void runningStatisticsAreNotAveraged() {
    Parameters last = filled(3);
    EpochMean mean = EpochMean.none().plus(filled(1)).plus(last);
    int trainable = last.layout().trainableLength();
    assertThat(mean.values().values()).hasSize(trainable);
    Parameters in = mean.in(last);
    assertThat(in.values()[trainable - 1]).isEqualTo(2);
    assertThat(in.values()[trainable]).isEqualTo(3);
    assertThat(last.values()[0]).isEqualTo(3);
  }

  @Test
  void equalEpochsAreTheirMean() {
    EpochMean mean = EpochMean.none();
    for (int i = 0; i < 7; i++) {
      mean = mean.plus(filled(0.3f));
    }
    assertThat(mean.values().values()[0]).isCloseTo(0.3f, within(ROUNDING));
  }

  @Test
  void anotherNetworkIsRefused() {
    Network other = Networks.named("demo-resnet", 4, 16);
    EpochMean mean = EpochMean.none().plus(filled(1));
    assertThatThrownBy(() -> mean.plus(Parameters.zeros(ParameterLayout.of(other))))
        .hasMessageContaining("Cannot average");
  }
}
