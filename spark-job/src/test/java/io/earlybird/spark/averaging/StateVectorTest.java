package io.earlybird.spark.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Input;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Shape;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateVectorTest {
  /** Trainable: gamma 2, beta 2, weight 6, bias 3; running: mean 2, variance 2. */
  private static final ParameterLayout LAYOUT =
      ParameterLayout.of(
          new Network(
              "tiny",
              List.of(
                  new Input("input", new Shape(2, 1, 1)),
                  new BatchNorm("bn", "input", 1),
                  new Linear("fc", "bn", 3, Linear.Initial.NORMAL_001))));

  @Test
  void whatIsPackedIsUnpacked() {
    StateVector vector = new StateVector(LAYOUT, MomentumTreatment.AVERAGE);
    Parameters parameters = counting(1);
    Parameters momentum = counting(100);
    LAYOUT.entries().stream()
        .filter(entry -> !entry.spec().role().trainable())
        .forEach(entry -> fill(momentum, entry));
    float[] packed = vector.pack(parameters, momentum);

    assertThat(packed).hasSize(26);
    assertThat(vector.parameters(packed, vector.moments(parameters, 1))).isEqualTo(parameters);
    assertThat(vector.momentum(packed)).isEqualTo(momentum);
  }

  @Test
  void momentumThatIsResetIsNotCarried() {
    StateVector vector = new StateVector(LAYOUT, MomentumTreatment.RESET);
    float[] packed = vector.pack(counting(1), counting(100));

    assertThat(packed).hasSize(13);
    assertThat(vector.momentum(packed)).isEqualTo(Parameters.zeros(LAYOUT));
  }

  private static Parameters counting(int from) {
    Parameters parameters = Parameters.zeros(LAYOUT);
    for (int i = 0; i < LAYOUT.length(); i++) {
      parameters.values()[i] = from + i;
    }
    return parameters;
  }

  private static void fill(Parameters parameters, ParameterLayout.Entry entry) {
    for (int i = entry.offset(); i < entry.end(); i++) {
      parameters.values()[i] = 0;
    }
  }
}
