package io.earlybird.spark.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.earlybird.data.image.UndecodableImageException;
import io.earlybird.model.engine.Device;
import io.earlybird.model.engine.Engine;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.ReplicaRequest;
import io.earlybird.spark.cli.Predictor.Prediction;
import io.earlybird.spark.run.TrainedNetwork;
import io.earlybird.spark.store.Clients;
import io.earlybird.spark.store.FileStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells the classes of images. */
@Command(
    name = "predict",
    description = "Class and probability of each image, one JSON object a line.")
final class PredictCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private EngineOptions engineOptions;
  @Mixin private CheckpointOption checkpoint;

  @Option(
      names = "--input",
      paramLabel = "URI",
      required = true,
      description = "An image, or a directory of images at any depth.")
  private String input;

  @Override
  public Integer call() throws IOException {
    Configuration hadoop = Clients.configuration();
    Engine engine = engineOptions.engine();
    TrainedNetwork trained = checkpoint.read(hadoop);
    List<Path> images = ExitCodes.checked(() -> images(hadoop));
    PrintWriter out = spec.commandLine().getOut();
    int undecodable = 0;
    try (Predictor predictor = new Predictor(trained, replica(trained, engine))) {
      for (Path image : images) {
        undecodable += predict(predictor, image, hadoop, out) ? 0 : 1;
      }
    }
    out.flush();
    return undecodable == 0 ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  private Replica replica(TrainedNetwork trained, Engine engine) {
    Replica replica =
        engine.open(
            new ReplicaRequest(
                trained.state().network(),
                Device.cpu(),
                engineOptions.precision(),
                engineOptions.threads()));
    replica.load(trained.state().parameters(), trained.state().momentum());
    return replica;
  }

  private List<Path> images(Configuration hadoop) throws IOException {
    Path root = new Path(input);
    FileSystem files = root.getFileSystem(hadoop);
    List<Path> images = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> found = files.listFiles(root, true);
    while (found.hasNext()) {
      images.add(found.next().getPath());
    }
    if (images.isEmpty()) {
      throw new RefusedException("Cannot predict: no files in " + input);
    }
    images.sort(null);
    return images;
  }

  private static boolean predict(
      Predictor predictor, Path image, Configuration hadoop, PrintWriter out) throws IOException {
    ObjectNode line = new ObjectMapper().createObjectNode().put("input", image.toString());
    FileStore folder = FileStore.at(image.getParent().toString(), hadoop);
    try {
      Prediction prediction = predictor.predict(folder.read(image.getName()));
      line.put("class", prediction.name())
          .put("label", prediction.label())
          .put("probability", prediction.probability());
      return true;
    } catch (UndecodableImageException e) {
      line.put("error", e.getMessage());
      return false;
    } finally {
      out.println(line);
    }
  }
}
