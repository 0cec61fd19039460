package io.earlybird.spark.cli;

import io.earlybird.data.ingest.CifarEdition;
import io.earlybird.data.ingest.CifarSource;
import io.earlybird.data.ingest.FolderSource;
import io.earlybird.data.ingest.ImageNetSource;
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
    subcommands = {
      ShardCommand.ImageNet.class,
      ShardCommand.Folder.class,
      ShardCommand.Cifar10.class,
      ShardCommand.Cifar100.class,
      ShardCommand.Synthetic.class
    })
final class ShardCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Missing kind of input: one of " + spec.subcommands().keySet());
  }

  /** Where images are read from. */
  static final class Input {
    @Option(
        names = "--input",
        paramLabel = "URI",
        required = true,
        description = "Directory that is read.")
    private String uri;
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

  /** ImageNet as it is distributed, or unpacked. */
  @Command(
      name = "imagenet",
      description =
          "ImageNet: ILSVRC2012_img_train.tar, ILSVRC2012_img_val.tar and the devkit, or folders"
              + " train/WNID and val/WNID.")
  static final class ImageNet implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private Input input;
    @Mixin private Output output;

    @Override
    public Integer call() throws IOException, InterruptedException {
      return output.write(() -> new ImageNetSource(input.uri), spec);
    }
  }

  /** Image files in a folder for each class. */
  @Command(
      name = "folder",
      description =
          "Image files in a folder for each class, with or without train/ and validation/ above.")
  static final class Folder implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private Input input;
    @Mixin private Output output;

    @Option(
        names = "--held-out",
        paramLabel = "FRACTION",
        defaultValue = "0.1",
        description =
            "Of each class, for validation, where the input has no split (default:"
                + " ${DEFAULT-VALUE}).")
    private double heldOut;

    @Override
    public Integer call() throws IOException, InterruptedException {
      return output.write(() -> new FolderSource(input.uri, heldOut, output.seed), spec);
    }
  }

  /** CIFAR-10. */
  @Command(name = "cifar10", description = "The binary version of CIFAR-10, unpacked.")
  static final class Cifar10 implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private Input input;
    @Mixin private Output output;

    @Override
    public Integer call() throws IOException, InterruptedException {
      return output.write(() -> new CifarSource(CifarEdition.CIFAR10, input.uri), spec);
    }
  }

  /** CIFAR-100 with its fine labels. */
  @Command(name = "cifar100", description = "The binary version of CIFAR-100, unpacked.")
  static final class Cifar100 implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private Input input;
    @Mixin private Output output;

    @Override
    public Integer call() throws IOException, InterruptedException {
      return output.write(() -> new CifarSource(CifarEdition.CIFAR100, input.uri), spec);
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
