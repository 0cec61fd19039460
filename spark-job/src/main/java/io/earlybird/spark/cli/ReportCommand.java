package io.earlybird.spark.cli;

import io.earlybird.spark.report.Report;
import io.earlybird.spark.run.RunDirectory;
import io.earlybird.spark.run.RunRecord;
import io.earlybird.spark.store.Clients;
import io.earlybird.spark.store.FileStore;
import io.earlybird.spark.tensorboard.EventFiles;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the report of a run. */
@Command(
    name = "report",
    description = {
      "Writes the report of a run, one HTML file that needs no network. Training writes it, too,"
          + " after each epoch."
    })
final class ReportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--run",
      paramLabel = "URI",
      required = true,
      description = "Directory of the run, which may be going on.")
  private String run;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Directory to write index.html to (default: report/ in the run's directory).")
  private String output;

  @Option(
      names = "--tensorboard",
      description =
          "Writes the event files for TensorBoard that are missing, too: to tensorboard/ in the"
              + " run's directory, or below DIR.")
  private boolean tensorboard;

  @Override
  public Integer call() {
    Configuration hadoop = Clients.configuration();
    List<String> written =
        ExitCodes.checked(
            () -> {
              FileStore directory = FileStore.at(run, hadoop);
              FileStore target = output == null ? directory : FileStore.at(output, hadoop);
              return written(RunRecord.read(directory), target);
            });
    PrintWriter out = spec.commandLine().getOut();
    written.forEach(out::println);
    out.flush();
    return ExitCodes.DONE;
  }

  private List<String> written(RunRecord record, FileStore target) {
    List<String> lines = new ArrayList<>();
    FileStore page = output == null ? target.directory("report") : target;
    lines.add("report: " + Report.write(record, Instant.now(), page));
    if (tensorboard) {
      FileStore files = target.directory(RunDirectory.TENSORBOARD);
      int count = new EventFiles(files).writeMissing(record);
      lines.add("tensorboard: %d files written to %s".formatted(count, files.uri()));
    }
    return lines;
  }
}
