package io.earlybird.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.parameters.HeldEntries;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class StepRuleTest {
  @Test
  void changesOneThingAtATime() {
    StepRule rule = StepRule.sgd(0.1, 0.9, 1e-4);
    assertThat(rule.withLearningRate(0.2).learningRate()).isEqualTo(0.2);
    assertThat(rule.withGammaL1(1e-4).gammaL1()).isEqualTo(1e-4);
    assertThat(rule.withLabelSmoothing(0.1).labelSmoothing()).isEqualTo(0.1);
    assertThat(rule.withMomentumForm(MomentumForm.NESTEROV).momentumForm())
        .isEqualTo(MomentumForm.NESTEROV);
    assertThat(rule.withLossScale(8).lossScale()).isEqualTo(8);
    assertThat(rule.withQuantization(new Quantization(8, 3)).quantization().seed()).isEqualTo(3);
    assertThat(rule.withLearningRate(0.2).withLearningRate(0.1)).isEqualTo(rule);
  }

  @Test
  void refusesWhatIsOutOfRange() {
    assertThatThrownBy(() -> StepRule.sgd(Double.NaN, 0.9, 0))
        .hasMessage("Invalid learning rate NaN: must be at least 0");
    assertThatThrownBy(() -> StepRule.sgd(0.1, 1, 0))
        .hasMessage("Invalid momentum 1.0: must be in [0, 1)");
    assertThatThrownBy(() -> StepRule.sgd(0.1, 0.9, -1)).hasMessageContaining("weight decay -1.0");
    assertThatThrownBy(() -> StepRule.sgd(0.1, 0.9, 0).withGammaL1(-1))
        .hasMessageContaining("gamma L1");
    assertThatThrownBy(() -> StepRule.sgd(0.1, 0.9, 0).withLabelSmoothing(1))
        .hasMessageContaining("label smoothing 1.0");
  }

  @Test
  void survivesSerialization() throws IOException, ClassNotFoundException {
    BitSet bits = new BitSet();
    bits.set(17);
    StepRule rule = StepRule.sgd(0.1, 0.9, 1e-4).withHeld(HeldEntries.of(bits));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(rule);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(rule);
    }
  }
}
