package io.earlybird.spark.cli;

import io.earlybird.spark.settings.SettingsPage;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what can be set. */
@Command(
    name = "settings",
    description =
        "Prints every setting of a run with type, range, default and meaning, as Markdown:"
            + " docs/settings.md is this.")
final class SettingsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(SettingsPage.markdown());
    out.flush();
    return ExitCodes.DONE;
  }
}
