package io.earlybird.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.model.engine.Device;
import io.earlybird.model.engine.Finding;
import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.ReplicaRequest;
import io.earlybird.pruning.parity.NodeNetworks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class WithoutAvx512Test {
  /** What the other process runs: prints what the engine says about bfloat16. */
  static final class Questions {
    private Questions() {}

    public static void main(String[] arguments) {
      Dl4jEngine engine = new Dl4jEngine();
      System.out.println("precisions " + engine.precisions());
      for (Finding finding : engine.diagnose()) {
        System.out.println(finding.level() + " " + finding.subject() + " " + finding.detail());
      }
      try {
        engine
            .open(
                new ReplicaRequest(
                    NodeNetworks.all().findFirst().orElseThrow(),
                    Device.cpu(),
                    Precision.BFLOAT16,
                    1))
            .close();
      } catch (IllegalArgumentException e) {
        System.out.println("refused " + e.getMessage());
      }
    }
  }

  @Test
  void bfloat16IsRefusedWithTheInstructionSetThatItNeeds()
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-cp",
            System.getProperty("java.class.path"),
            Questions.class.getName());
    builder.environment().put("ONEDNN_MAX_CPU_ISA", "AVX2");
    Process other = builder.redirectErrorStream(true).start();
    String output = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String refusal =
        "The dl4j engine has no precision bfloat16 on this processor: oneDNN trains in it with"
            + " AVX-512 (avx512_core) or later, and compiles for avx2 here; set engine.precision ="
            + " float32, or use machines with AVX-512, best with AVX512_BF16";
    assertThat(other.waitFor()).as(output).isZero();
    assertThat(output)
        .contains("precisions [FLOAT32]\n")
        .contains("OK convolution by oneDNN ")
        .contains("WARNING engine.precision = bfloat16 " + refusal)
        .contains("refused " + refusal);
  }
}
