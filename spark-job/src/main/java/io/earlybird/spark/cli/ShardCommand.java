package io.earlybird.spark.cli;

import io.earlybird.data.ingest.Ingest;
import io.earlybird.data.ingest.IngestResult;
import io.earlybird.data.ingest.IngestSettings;
import io.earlybird.data.ingest.IngestSource;
import io.earlybird.data.ingest.SyntheticSource;
import io.earlybird.data.shard.ShardException;
import io.earlybird.data.shard.ShardSet;
import io.earlybird.spark.store.Clients;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes shards of images. */
@Command(
    name = "shard",
    description = "Makes shards: OUTPUT/train and OUTPUT/validation.",
    subcommands = {ShardCommand.Synthetic.class})
final class ShardCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Missing kind of input: one of " + spec.subcommands().keySet());
  }

  /** Options of all kinds of input. */
  static final class Output {
    @Option(
        names = "--output",
        paramLabel = "URI",
        required = true,
        description = "Directory that receives train/ and validation/.")
    private String output;

    @Option(
        names = "--seed",
        paramLabel = "N",
        defaultValue = "1",
        description = "Of the deal of samples to shards (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
        names = "--shards",
        paramLabel = "N",
        defaultValue = "0",
        description = "Of each split (default: by the number of samples).")
    private int shards;

    @Option(
        names = "--threads",
        paramLabel = "T",
        description = "Shards that are written side by side (default: one a processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    Integer write(Callable<IngestSource> makeSource, CommandSpec spec)
        throws IOException, InterruptedException {
      IngestSource source = ExitCodes.checked(makeSource);
      IngestSettings settings =
          ExitCodes.checked(() -> new IngestSettings(output, seed, shards, threads));
      try {
        report(Ingest.run(source, settings, Clients.configuration()), spec);
        return ExitCodes.DONE;
      } catch (ShardException e) {
        throw new RefusedException(e.getMessage(), e);
      }
    }

    private static void report(IngestResult result, CommandSpec spec) {
      PrintWriter out = spec.commandLine().getOut();
      String done = result.outcome() == IngestResult.Outcome.FOUND ? "found" : "written";
      for (ShardSet set : result.splits()) {
        out.printf(
            Locale.ROOT,
            "%s: %,d samples of %,d classes in %,d shards, %,d bytes, %s%n",
            set.directory(),
            set.samples(),
            set.classes().size(),
            set.shards().size(),
            set.bytes(),
            done);
      }
      out.flush();
    }
  }

  /** Generated images. */
  @Command(name = "synthetic", description = "Generated images of textured shapes.")
  static final class Synthetic implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private Output output;

    @Option(
        names = "--image-size",
        paramLabel = "S",
        defaultValue = "32",
        description = "Height and width (default: ${DEFAULT-VALUE}); above 64, JPEG files.")
    private int imageSize;

    @Option(
        names = "--train",
        paramLabel = "N",
        defaultValue = "10000",
        description = "Training images (default: ${DEFAULT-VALUE}).")
    private int train;

    @Option(
        names = "--validation",
        paramLabel = "N",
        defaultValue = "2000",
        description = "Validation images (default: ${DEFAULT-VALUE}).")
    private int validation;

    @Option(
        names = "--classes",
        paramLabel = "N",
        defaultValue = "10",
        description = "Classes (default: ${DEFAULT-VALUE}).")
    private int classes;

    @Option(
        names = "--image-seed",
        paramLabel = "N",
        defaultValue = "1",
        description = "Of the images (default: ${DEFAULT-VALUE}).")
    private long imageSeed;

    @Override
    public Integer call() throws IOException, InterruptedException {
      return output.write(
          () -> new SyntheticSource(imageSize, train, validation, classes, imageSeed), spec);
    }
  }
}
