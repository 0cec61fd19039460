package io.earlybird.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.engine.Device;
import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.ReplicaRequest;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.model.reference.RandomBatches;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtherProcessTest {
  /** What the other process runs: prints the hash of the bits after some steps. */
  static final class Steps {
    private Steps() {}

    public static void main(String[] arguments) {
      System.out.println("bits " + hash(Integer.parseInt(arguments[0])));
    }

    static int hash(int threads) {
      Network network = Networks.named("resnet18-cifar", 10, 8);
      Parameters values = Initialization.draw(network, 1);
      try (Replica replica =
          new TorchEngine()
              .open(new ReplicaRequest(network, Device.cpu(), Precision.FLOAT32, threads))) {
        replica.load(values, Parameters.zeros(values.layout()));
        for (int size : new int[] {6, 3}) {
          replica.step(RandomBatches.of(network, size, size), StepRule.sgd(0.1, 0.9, 1e-4));
        }
        replica.readParameters(values);
        return Arrays.hashCode(values.values());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void givesTheSameBits(int threads) throws IOException, InterruptedException {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                Steps.class.getName(),
                String.valueOf(threads))
            .redirectErrorStream(true)
            .start();
    String output = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(other.waitFor()).as(output).isZero();
    assertThat(output).contains("bits " + Steps.hash(threads));
  }
}
