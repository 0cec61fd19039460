package io.earlybird.spark.cli;

import io.earlybird.spark.export.ExportFormat;
import io.earlybird.spark.run.TrainedNetwork;
import io.earlybird.spark.store.Clients;
import io.earlybird.spark.store.FileStore;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a trained network for use elsewhere. */
@Command(
    name = "export",
    description = {
      "Writes a trained network for use elsewhere: ONNX, safetensors with torchvision's names, or a"
          + " model of DL4J's own layers."
    })
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CheckpointOption checkpoint;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      required = true,
      description = "onnx, safetensors or dl4j.")
  private ExportFormat format;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      required = true,
      description = "File to write, which must not exist.")
  private String output;

  @Override
  public Integer call() {
    Configuration hadoop = Clients.configuration();
    TrainedNetwork trained = checkpoint.read(hadoop);
    Path file = ExitCodes.checked(() -> new Path(output));
    Path directory = file.getParent() == null ? new Path(".") : file.getParent();
    FileStore store =
        ExitCodes.checked(
            () -> {
              FileStore found = FileStore.at(directory.toString(), hadoop);
              found.requireWritable();
              return found;
            });
    if (store.exists(file.getName())) {
      throw new RefusedException(
          "Cannot export to " + output + ": it exists; name another file, or delete it first");
    }
    store.write(file.getName(), out -> format.write(trained, out));
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%s as %s: %s, %,d bytes%n",
        trained.state().network(),
        format.name().toLowerCase(Locale.ROOT),
        output,
        store.length(file.getName()));
    if (format == ExportFormat.ONNX) {
      out.println("next: submit/earlybird evaluate --onnx " + output + " --data URI");
    }
    out.flush();
    return ExitCodes.DONE;
  }
}
