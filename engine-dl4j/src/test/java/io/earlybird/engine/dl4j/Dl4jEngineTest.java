package io.earlybird.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.engine.Device;
import io.earlybird.model.engine.Engine;
import io.earlybird.model.engine.Engines;
import io.earlybird.model.engine.Finding;
import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.Quantization;
import io.earlybird.model.engine.ReplicaRequest;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.Network;
import io.earlybird.model.reparametrization.MagnitudeMask;
import io.earlybird.pruning.parity.NodeNetworks;
import java.util.List;
import org.junit.jupiter.api.Test;

class Dl4jEngineTest {
  private final Engine engine = Engines.named("dl4j");
  private final Network network = NodeNetworks.all().findFirst().orElseThrow();

  @Test
  void namesItsVersionsAndTheInstructionSet() {
    assertThat(engine.build()).isEqualTo("dl4j 1.0.0-M2.1, onednn 3.8.1 (3.8.1-1.5.12)");
    assertThat(engine.instructionSet()).isNotBlank().doesNotContain(" ");
  }

  @Test
  void provesThatConvolutionsRunInOneDnn() {
    assertThat(engine.diagnose())
        .extracting(Finding::subject)
        .containsExactly("ND4J", "oneDNN", "convolution by oneDNN", "engine.precision = bfloat16");
    assertThat(engine.diagnose()).extracting(Finding::level).containsOnly(Finding.Level.OK);
    assertThat(engine.diagnose().get(2).detail()).matches("(brg|jit).*GFLOP/s.*");
  }

  @Test
  void refusesAGpuWithoutTheCudaBackEnd() {
    ReplicaRequest request =
        new ReplicaRequest(network, new Device(Device.Kind.CUDA, 0), Precision.FLOAT32, 1);
    assertThatThrownBy(() -> engine.open(request))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("CUDA")
        .hasMessageContaining("cuda-dl4j");
  }

  @Test
  void refusesAPrecisionThatItLacks() {
    ReplicaRequest request = new ReplicaRequest(network, Device.cpu(), Precision.FLOAT64, 1);
    assertThat(engine.precisions()).contains(Precision.FLOAT32).doesNotContain(Precision.FLOAT64);
    assertThatThrownBy(() -> engine.open(request))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The dl4j engine has no precision float64; set engine.precision = float32");
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
