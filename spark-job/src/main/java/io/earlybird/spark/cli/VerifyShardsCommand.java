package io.earlybird.spark.cli;

import io.earlybird.data.shard.ShardSet;
import io.earlybird.data.verify.ShardVerifier;
import io.earlybird.data.verify.VerifyReport;
import io.earlybird.spark.store.Clients;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads a whole set of shards and says what is wrong with it. */
@Command(
    name = "verify-shards",
    description = "Reads all shards of a directory: hashes, counts, labels, and every image.")
final class VerifyShardsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "URI", description = "Directory that holds index.json.")
  private String location;

  @Option(
      names = "--threads",
      paramLabel = "T",
      description = "Shards that are read side by side (default: one a processor).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() throws InterruptedException {
    Configuration hadoop = Clients.configuration();
    ShardSet set = ExitCodes.checked(() -> ShardSet.read(location, hadoop));
    VerifyReport report = ShardVerifier.verify(set, hadoop, Math.max(1, threads));
    PrintWriter out = spec.commandLine().getOut();
    report.problems().forEach(out::println);
    out.printf(
        Locale.ROOT,
        "%s: %,d shards, %,d samples, %,d bytes, %,d classes: %s%n",
        set.directory(),
        report.shards(),
        report.samples(),
        report.bytes(),
        set.classes().size(),
        report.sound() ? "sound" : report.problems().size() + " problems");
    out.flush();
    return report.sound() ? ExitCodes.DONE : ExitCodes.REFUSED;
  }
}
