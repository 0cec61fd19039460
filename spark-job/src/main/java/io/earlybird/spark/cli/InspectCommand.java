package io.earlybird.spark.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.earlybird.model.cost.NodeCost;
import io.earlybird.model.cost.OperationCount;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Shape;
import io.earlybird.spark.store.Clients;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the layers of a network and what they cost. */
@Command(name = "inspect", description = "Shows the layers of a network and what they cost.")
final class InspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private Subject subject;

  @Option(
      names = "--image-size",
      paramLabel = "S",
      description = "Height and width of the images (default: those of the network's data set).")
  private int imageSize;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  private static final class Subject {
    @Option(names = "--network", paramLabel = "NAME", description = "A network by name.")
    private String network;

    @Option(
        names = CheckpointOption.NAME,
        paramLabel = "URI",
        description = CheckpointOption.DESCRIPTION)
    private String checkpoint;
  }

  @Override
  public Integer call() {
    Network network = network();
    OperationCount count = OperationCount.of(network);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(count));
    } else {
      table(network, count, out);
    }
    out.flush();
    return ExitCodes.DONE;
  }

  private Network network() {
    if (subject.network != null) {
      return NetworkOption.named(subject.network, imageSize);
    }
    return CheckpointOption.read(subject.checkpoint, Clients.configuration()).state().network();
  }

  private static ObjectNode json(OperationCount count) {
    ObjectNode json =
        new ObjectMapper()
            .createObjectNode()
            .put("parameters", count.parameters())
            .put("macs", count.macs())
            .put("paperFlops", count.paperFlops())
            .put("batchNormChannels", count.batchNormChannels());
    ArrayNode layers = json.putArray("layers");
    for (NodeCost node : count.nodes()) {
      ObjectNode layer = layers.addObject().put("name", node.name()).put("kind", node.kind());
      Shape shape = node.outputShape();
      layer.putArray("outputShape").add(shape.channels()).add(shape.height()).add(shape.width());
      layer
          .put("parameters", node.parameters())
          .put("macs", node.macs())
          .put("paperFlops", node.paperFlops());
    }
    return json;
  }

  private static void table(Network network, OperationCount count, PrintWriter out) {
    out.println(network);
    String row = "%-32s %-15s %-16s %12s %15s %15s%n";
    out.printf(Locale.ROOT, row, "layer", "kind", "output", "parameters", "MACs", "paper FLOPs");
    for (NodeCost node : count.nodes()) {
      out.printf(
          Locale.ROOT,
          row,
          node.name(),
          node.kind(),
          node.outputShape(),
          grouped(node.parameters()),
          grouped(node.macs()),
          grouped(node.paperFlops()));
    }
    out.printf(
        Locale.ROOT,
        row,
        "total",
        count.batchNormChannels() + " BN channels",
        "",
        grouped(count.parameters()),
        grouped(count.macs()),
        grouped(count.paperFlops()));
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
