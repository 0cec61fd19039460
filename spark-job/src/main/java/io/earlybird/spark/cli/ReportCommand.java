package io.earlybird.spark.cli;

import io.earlybird.spark.report.Report;
import io.earlybird.spark.run.RunRecord;
import io.earlybird.spark.store.Clients;
import io.earlybird.spark.store.FileStore;
import java.io.PrintWriter;
import java.time.Instant;
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

  @Override
  public Integer call() {
    Configuration hadoop = Clients.configuration();
    String written =
        ExitCodes.checked(
            () -> {
              FileStore directory = FileStore.at(run, hadoop);
              RunRecord record = RunRecord.read(directory);
              FileStore target =
                  output == null ? directory.directory("report") : FileStore.at(output, hadoop);
              return Report.write(record, Instant.now(), target);
            });
    PrintWriter out = spec.commandLine().getOut();
    out.println("report: " + written);
    out.flush();
    return ExitCodes.DONE;
  }
}
