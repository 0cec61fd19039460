package io.earlybird.spark.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Device;
import io.earlybird.model.engine.Engine;
import io.earlybird.model.engine.Mode;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.ReplicaRequest;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.spark.batches.NoiseBatch;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures one replica on random images. */
@Command(
    name = "bench",
    description = "Measures training and inference of one replica on random images.")
final class BenchCommand implements Callable<Integer> {
  /** Steps before measuring: shapes are seen, code is compiled, caches are filled. */
  private static final int WARM_UP = 3;

  private static final double NANOS = 1e9;

  @Spec private CommandSpec spec;
  @Mixin private EngineOptions engineOptions;

  @Option(names = "--network", paramLabel = "NAME", required = true, description = "By name.")
  private String networkName;

  @Option(
      names = "--batch",
      paramLabel = "B",
      defaultValue = "32",
      description = "Images of a step (default: ${DEFAULT-VALUE}).")
  private int batchSize;

  @Option(
      names = "--steps",
      paramLabel = "K",
      defaultValue = "10",
      description = "Steps that are measured (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--image-size",
      paramLabel = "S",
      description = "Height and width of the images (default: those of the network's data set).")
  private int imageSize;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    if (batchSize < 1 || steps < 1) {
      throw new RefusedException(
          "Invalid --batch " + batchSize + " or --steps " + steps + ": must be at least 1");
    }
    Network network = NetworkOption.named(networkName, imageSize);
    Engine engine = engineOptions.engine();
    ReplicaRequest request =
        new ReplicaRequest(
            network, Device.cpu(), engineOptions.precision(), engineOptions.threads());
    try (Replica replica = engine.open(request)) {
      Parameters parameters = Initialization.draw(network, 1);
      replica.load(parameters, Parameters.zeros(parameters.layout()));
      Batch batch = NoiseBatch.of(network, batchSize);
      StepRule rule = StepRule.sgd(1e-3, 0.9, 1e-4);
      double training = imagesPerSecond(() -> replica.step(batch, rule));
      double inference = imagesPerSecond(() -> replica.logits(batch, Mode.EVALUATION));
      print(engine, training, inference);
    }
    return ExitCodes.DONE;
  }

  private double imagesPerSecond(Runnable step) {
    for (int i = 0; i < WARM_UP; i++) {
      step.run();
    }
    long start = System.nanoTime();
    for (int i = 0; i < steps; i++) {
      step.run();
    }
    return (double) batchSize * steps * NANOS / (System.nanoTime() - start);
  }

  private void print(Engine engine, double training, double inference) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectNode result =
          new ObjectMapper()
              .createObjectNode()
              .put("engine", engine.name())
              .put("network", networkName)
              .put("batch", batchSize)
              .put("precision", engineOptions.precisionName())
              .put("trainImagesPerSecond", training)
              .put("inferenceImagesPerSecond", inference);
      out.println(result);
    } else {
      out.printf(
          Locale.ROOT,
          "%s %s, batch %d, %s: training %.2f images/s, inference %.2f images/s%n",
          engine.name(),
          networkName,
          batchSize,
          engineOptions.precisionName(),
          training,
          inference);
    }
    out.flush();
  }
}
