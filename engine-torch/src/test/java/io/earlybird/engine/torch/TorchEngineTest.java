package io.earlybird.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.engine.Device;
import io.earlybird.model.engine.Engine;
import io.earlybird.model.engine.Engines;
import io.earlybird.model.engine.Finding;
import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.Quantization;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.ReplicaRequest;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.Network;
import io.earlybird.model.reference.RandomBatches;
import io.earlybird.model.reparametrization.MagnitudeMask;
import io.earlybird.pruning.parity.NodeNetworks;
import java.util.List;
import org.junit.jupiter.api.Test;

class TorchEngineTest {
  private final Engine engine = Engines.named("torch");
  private final Network network = NodeNetworks.all().findFirst().orElseThrow();

  @Test
  void namesItsVersionsAndTheInstructionSet() {
    assertThat(engine.build()).isEqualTo("libtorch 2.7.1 (2.7.1-1.5.12)");
    assertThat(engine.instructionSet()).isNotBlank().doesNotContain(" ");
  }

  @Test
  void findsLibtorchAndOneDnn() {
    assertThat(engine.diagnose())
        .extracting(Finding::subject)
        .contains("libtorch", "oneDNN in libtorch");
    assertThat(engine.diagnose()).extracting(Finding::level).doesNotContain(Finding.Level.ERROR);
  }

  @Test
  void refusesAGpuThatIsNotThere() {
    ReplicaRequest request =
        new ReplicaRequest(network, new Device(Device.Kind.CUDA, 63), Precision.FLOAT32, 1);
    assertThatThrownBy(() -> engine.open(request))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("CUDA")
        .hasMessageContaining("cuda-torch");
  }

  @Test
  void refusesAPrecisionThatItLacks() {
    ReplicaRequest request = new ReplicaRequest(network, Device.cpu(), Precision.FLOAT64, 1);
    assertThatThrownBy(() -> engine.open(request))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The torch engine has no precision FLOAT64; it has [FLOAT32, BFLOAT16]");
  }

  @Test
  void roundsToWordsInFloat32Alone() {
    ReplicaRequest request = new ReplicaRequest(network, Device.cpu(), Precision.BFLOAT16, 1);
    StepRule words = StepRule.sgd(0.1, 0.9, 0).withQuantization(new Quantization(8, 1));
    try (Replica replica = engine.open(request)) {
      assertThatThrownBy(() -> replica.step(RandomBatches.of(network, 2, 1), words))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Cannot round to words of 8 bits")
          .hasMessageContaining("FLOAT32");
    }
  }

  @Test
  void saysWhyItRefusesARule() {
    StepRule plain = StepRule.sgd(0.1, 0.9, 0);
    assertThat(engine.refusal(plain)).isEmpty();
    assertThat(engine.refusal(plain.withQuantization(new Quantization(8, 1)))).isEmpty();
    StepRule masked = plain.withReparametrization(new MagnitudeMask(List.of("fc.weight"), 1, 1));
    assertThat(engine.refusal(masked)).isEmpty();
    assertThat(engine.refusal(masked.withQuantization(new Quantization(8, 1))))
        .hasValueSatisfying(why -> assertThat(why).contains("does not round effective weights"));
  }
}
