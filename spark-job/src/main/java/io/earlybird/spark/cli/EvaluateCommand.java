package io.earlybird.spark.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.earlybird.data.batch.BatchSettings;
import io.earlybird.data.batch.BatchSource;
import io.earlybird.data.shard.ShardSet;
import io.earlybird.model.engine.Engine;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.NetworkJson;
import io.earlybird.spark.batches.BatchStream;
import io.earlybird.spark.batches.EvaluationShards;
import io.earlybird.spark.batches.OpenShards;
import io.earlybird.spark.batches.Shards;
import io.earlybird.spark.evaluation.Evaluation;
import io.earlybird.spark.evaluation.Score;
import io.earlybird.spark.export.OnnxFile;
import io.earlybird.spark.replica.ReplicaKey;
import io.earlybird.spark.replica.ReplicaPool;
import io.earlybird.spark.run.InputDescription;
import io.earlybird.spark.run.TrainedNetwork;
import io.earlybird.spark.store.Clients;
import io.earlybird.spark.store.FileStore;
import io.earlybird.spark.submit.ClusterOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Evaluates a checkpoint on a set of shards. */
@Command(
    name = "evaluate",
    description =
        "Top-1, top-5 and loss of a checkpoint or ONNX file, exact over a whole set of shards.")
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private EngineOptions engineOptions;
  @Mixin private ClusterOptions clusterOptions;

  @ArgGroup(multiplicity = "1")
  private Subject subject;

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

  private static final class Subject {
    @Option(
        names = CheckpointOption.NAME,
        paramLabel = "URI",
        description = CheckpointOption.DESCRIPTION)
    private String checkpoint;

    @Option(
        names = "--onnx",
        paramLabel = "FILE",
        description = {
          "What submit/earlybird export has written, run by ONNX Runtime in this process with"
              + " --threads."
        })
    private String onnx;
  }

  @Override
  public Integer call() {
    Configuration hadoop = Clients.configuration();
    print(subject.onnx == null ? checkpointScore(hadoop) : onnxScore(hadoop));
    return ExitCodes.DONE;
  }

  private Score checkpointScore(Configuration hadoop) {
    Engine engine = engineOptions.engine();
    TrainedNetwork trained = CheckpointOption.read(subject.checkpoint, hadoop);
    return score(trained, shards(trained.input(), subject.checkpoint, hadoop), engine);
  }

  private Score onnxScore(Configuration hadoop) {
    int threads = engineOptions.threads();
    try (OnnxFile file =
        ExitCodes.checked(() -> OnnxFile.open(content(subject.onnx, hadoop), threads))) {
      EvaluationShards shards = shards(file.input(), subject.onnx, hadoop);
      try (BatchSource source =
              BatchSource.direct(shards.shards().set(), hadoop, shards.shards().settings());
          BatchStream batches = shards.all(source)) {
        return Score.of(batches, file.input().classes().size(), file::logits);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + data, e);
    }
  }

  private static byte[] content(String file, Configuration hadoop) throws IOException {
    Path path = new Path(file);
    Path directory = path.getParent() == null ? new Path(".") : path.getParent();
    try (InputStream in = FileStore.at(directory.toString(), hadoop).open(path.getName())) {
      return in.readAllBytes();
    }
  }

  private EvaluationShards shards(InputDescription input, String subject, Configuration hadoop) {
    ShardSet set =
        ExitCodes.checked(
            () -> {
              ShardSet read = ShardSet.read(data, hadoop);
              read.checkFiles(hadoop);
              return read;
            });
    if (set.classes().size() != input.classes().size()) {
      throw new RefusedException(
          "Cannot evaluate "
              + subject
              + " on "
              + data
              + ": the network tells "
              + input.classes().size()
              + " classes, the images are of "
              + set.classes().size());
    }
    return new EvaluationShards(
        new Shards(set, new BatchSettings(input.images(), 0, 1, 2), ""), batchSize);
  }

  private Score score(TrainedNetwork trained, EvaluationShards shards, Engine engine) {
    Network network = trained.state().network();
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
          .score(key, trained.state().parameters(), "evaluate " + subject.checkpoint);
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
