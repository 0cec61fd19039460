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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest(name = "in ranges of {0}")
  @ValueSource(ints = {26, 13, 5, 1})
  void whatIsReadRangeByRangeIsWrittenBack(int most) {
    StateVector vector = new StateVector(LAYOUT, MomentumTreatment.AVERAGE);
    State state = new State(counting(1), counting(100));
    LAYOUT.entries().stream()
        .filter(entry -> !entry.spec().role().trainable())
        .forEach(entry -> fill(state.momentum(), entry));
    State copy = vector.zeros();
    for (int from = 0; from < vector.length(); from += most) {
      float[] values = new float[Math.min(most, vector.length() - from)];
      vector.read(state, from, values.length, values);
      vector.write(values, values.length, from, copy);
    }
    vector.write(vector.moments(state.parameters(), 1), copy);

    assertThat(vector.length()).isEqualTo(26);
    assertThat(copy).isEqualTo(state);
  }

  @Test
  void parametersComeBeforeTheirMomentum() {
    StateVector vector = new StateVector(LAYOUT, MomentumTreatment.AVERAGE);
    float[] values = new float[3];
    vector.read(new State(counting(1), counting(100)), 12, 3, values);

    assertThat(values).containsExactly(13, 100, 101);
  }

  @Test
  void momentumThatIsResetIsNotCarried() {
    StateVector vector = new StateVector(LAYOUT, MomentumTreatment.RESET);
    State copy = vector.zeros();
    vector.write(new float[13], 13, 0, copy);

    assertThat(vector.length()).isEqualTo(13);
    assertThat(copy.momentum()).isEqualTo(Parameters.zeros(LAYOUT));
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
