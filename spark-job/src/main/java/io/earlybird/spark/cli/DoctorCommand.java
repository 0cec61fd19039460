package io.earlybird.spark.cli;

import io.earlybird.model.engine.Engine;
import io.earlybird.model.engine.Engines;
import io.earlybird.model.engine.Finding;
import io.earlybird.model.engine.Finding.Level;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Looks at this machine and says what is wrong and what to do. */
@Command(
    name = "doctor",
    description = "Looks at versions, engines, memory and file systems; says what to do.")
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    List<Finding> findings = new ArrayList<>(MachineFindings.versions());
    findings.addAll(MachineFindings.memory());
    findings.addAll(MachineFindings.fileSystems());
    findings.addAll(engines());
    PrintWriter out = spec.commandLine().getOut();
    for (Finding finding : findings) {
      out.printf(
          Locale.ROOT, "%-8s %-24s %s%n", finding.level(), finding.subject(), finding.detail());
    }
    out.flush();
    boolean broken = findings.stream().anyMatch(finding -> finding.level() == Level.ERROR);
    return broken ? ExitCodes.REFUSED : ExitCodes.DONE;
  }

  private static List<Finding> engines() {
    List<Engine> engines = Engines.all();
    if (engines.isEmpty()) {
      return List.of(
          new Finding(
              Level.ERROR,
              "engines",
              "none on the class path; add the jar of one, for example earlybird-engine-dl4j"));
    }
    List<Finding> findings = new ArrayList<>();
    for (Engine engine : engines) {
      findings.add(
          new Finding(
              Level.OK,
              "engine " + engine.name(),
              engine.build()
                  + ", instruction set "
                  + engine.instructionSet()
                  + ", precisions "
                  + engine.precisions()));
      findings.addAll(engine.diagnose());
    }
    return findings;
  }
}
