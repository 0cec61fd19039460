package io.earlybird.spark.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.earlybird.data.batch.BatchSettings;
import io.earlybird.data.shard.ShardSet;
import io.earlybird.model.engine.Engine;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.NetworkJson;
import io.earlybird.spark.batches.EvaluationShards;
import io.earlybird.spark.batches.OpenShards;
import io.earlybird.spark.batches.Shards;
import io.earlybird.spark.evaluation.Evaluation;
import io.earlybird.spark.evaluation.Score;
import io.earlybird.spark.replica.ReplicaKey;
import io.earlybird.spark.replica.ReplicaPool;
import io.earlybird.spark.run.TrainedNetwork;
import io.earlybird.spark.store.Clients;
import io.earlybird.spark.submit.ClusterOptions;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Evaluates a checkpoint on a set of shards. */
@Command(
    name = "evaluate",
    description = "Top-1, top-5 and loss of a checkpoint, exact over a whole set of shards.")
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private EngineOptions engineOptions;
  @Mixin private CheckpointOption checkpoint;
  @Mixin private ClusterOptions clusterOptions;

  @Option(
      names = "--data",
      paramLabel = "URI",
      required = true,
      description = "Directory of shards.")
  private String data;

  @Option(
      names = "--batch",
      paramLabel = "B",
      defaultValue = "32",
      description = "Images of a batch (default: ${DEFAULT-VALUE}).")
  private int batchSize;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    Configuration hadoop = Clients.configuration();
    Engine engine = engineOptions.engine();
    TrainedNetwork trained = checkpoint.read(hadoop);
    ShardSet set =
        ExitCodes.checked(
            () -> {
              ShardSet read = ShardSet.read(data, hadoop);
              read.checkFiles(hadoop);
              return read;
            });
    Network network = trained.state().network();
    if (set.classes().size() != network.classes()) {
      throw new RefusedException(
          "Cannot evaluate "
              + checkpoint
              + " on "
              + data
              + ": the network tells "
              + network.classes()
              + " classes, the images are of "
              + set.classes().size());
    }
    print(score(trained, set, engine));
    return ExitCodes.DONE;
  }

  private Score score(TrainedNetwork trained, ShardSet set, Engine engine) {
    Network network = trained.state().network();
    EvaluationShards shards =
        new EvaluationShards(
            new Shards(set, new BatchSettings(trained.input().images(), 0, 1, 2), ""), batchSize);
    ReplicaKey key =
        new ReplicaKey(
            "evaluation",
            trained.state().generation(),
            NetworkJson.write(network),
            engine.name(),
            engineOptions.precision(),
            engineOptions.threads());
    try (JavaSparkContext context =
        SparkContexts.open(
            clusterOptions.master(), "evaluate", engineOptions.threads(), Optional.empty())) {
      return new Evaluation(context, shards)
          .score(key, trained.state().parameters(), "evaluate " + checkpoint);
    } finally {
      ReplicaPool.shared().clear();
      OpenShards.closeAll();
    }
  }

  private void print(Score score) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectNode result =
          new ObjectMapper()
              .createObjectNode()
              .put("samples", score.samples())
              .put("undecodable", score.read().badSamples())
              .put("loss", score.loss())
              .put("top1", score.top1Fraction());
      score.top5Fraction().ifPresent(top5 -> result.put("top5", top5));
      out.println(result);
    } else {
      out.printf(
          Locale.ROOT,
          "%,d samples: loss %.5f, top-1 %.3f %%%s%n",
          score.samples(),
          score.loss(),
          100 * score.top1Fraction(),
          score.top5Fraction().isPresent()
              ? String.format(
                  Locale.ROOT, ", top-5 %.3f %%", 100 * score.top5Fraction().getAsDouble())
              : "");
      if (score.read().badSamples() > 0) {
        out.println(
            score.read().badSamples()
                + " more could not be decoded: "
                + score.read().badExamples());
      }
    }
    out.flush();
  }
}
