package io.earlybird.spark.cli;

import io.earlybird.spark.store.Clients;
import io.earlybird.spark.store.FileStore;
import io.earlybird.spark.yarn.JobArchive;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Puts the jars of this build where the nodes of a YARN cluster fetch them once. */
@Command(
    name = "archive",
    description = {
      "Puts the jars of this build into one file for spark.yarn.archive, unless it is there, and"
          + " prints its URI. Once a build; see docs/operations.md."
    })
final class ArchiveCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--output",
      paramLabel = "URI",
      required = true,
      description = "Directory that all nodes can read, as hdfs:///apps/earlybird.")
  private String output;

  @Override
  public Integer call() {
    String uri =
        ExitCodes.checked(
            () ->
                JobArchive.of(jars(System.getProperty("java.class.path")))
                    .put(FileStore.at(output, Clients.configuration())));
    PrintWriter out = spec.commandLine().getOut();
    out.println(uri);
    out.flush();
    return ExitCodes.DONE;
  }

  /**
   * Jars of a class path; directories, such as that of Hadoop's settings, are not for all nodes.
   */
  private static List<Path> jars(String classPath) throws IOException {
    List<Path> jars = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator)) {
      Path path = Path.of(entry.isEmpty() ? "." : entry);
      if (entry.endsWith(".jar") && Files.exists(path)) {
        jars.add(path);
      }
    }
    return jars;
  }
}
