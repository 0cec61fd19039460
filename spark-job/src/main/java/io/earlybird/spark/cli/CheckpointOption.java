package io.earlybird.spark.cli;

import io.earlybird.spark.run.CheckpointReader;
import io.earlybird.spark.run.TrainedNetwork;
import io.earlybird.spark.store.FileStore;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Option;

/**
 * The option of commands that use a trained network. Commands that take something else in its place
 * declare it in an argument group of theirs, where a mixin cannot stand.
 */
final class CheckpointOption {
  static final String NAME = "--checkpoint";
  static final String DESCRIPTION =
      "A checkpoint, a ticket, or a run, whose newest checkpoint is taken.";

  @Option(names = NAME, paramLabel = "URI", required = true, description = DESCRIPTION)
  private String checkpoint;

  /**
   * What is there.
   *
   * @throws RefusedException if that is no checkpoint that can be read
   */
  TrainedNetwork read(Configuration hadoop) {
    return read(checkpoint, hadoop);
  }

  /** What is at a URI that another option names. */
  static TrainedNetwork read(String uri, Configuration hadoop) {
    return ExitCodes.checked(() -> CheckpointReader.trained(FileStore.at(uri, hadoop)));
  }

  /** As it was given. */
  @Override
  public String toString() {
    return checkpoint;
  }
}
