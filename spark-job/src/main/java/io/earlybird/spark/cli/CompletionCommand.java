package io.earlybird.spark.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a shell needs to complete this command line. */
@Command(
    name = "completion",
    description = {
      "Prints a script by which a shell completes commands and options:",
      "source <(submit/earlybird completion bash)"
    })
final class CompletionCommand implements Callable<Integer> {
  /** Shells; the script is the same, as zsh reads completions of bash. */
  private enum Shell {
    BASH,
    ZSH
  }

  private static final Pattern VALUES = Pattern.compile("_args=\\([^$)]+\\)");

  @Spec private CommandSpec spec;

  @SuppressWarnings("UnusedVariable") // asked for, so that a shell without a script can be refused
  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private Shell shell;

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine();
    PrintWriter out = spec.commandLine().getOut();
    out.print(inLowerCase(AutoComplete.bash(root.getCommandName(), root)));
    out.flush();
    return ExitCodes.DONE;
  }

  /** Values of options as people write them; the script has the names of constants. */
  private static String inLowerCase(String script) {
    return VALUES
        .matcher(script)
        .replaceAll(match -> Matcher.quoteReplacement(match.group().toLowerCase(Locale.ROOT)));
  }
}
