package io.earlybird.spark.initial;

import io.earlybird.model.network.Linear;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.spark.settings.NetworkSettings.Classifier;
import io.earlybird.spark.settings.Settings;
import io.earlybird.spark.store.FileStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The values that a run begins with: drawn from its seed, or those of a safetensors file with
 * torchvision's names.
 *
 * <p>A file is looked at before a run and read again when the run begins, so that its values take
 * no memory of a run that goes on from a checkpoint.
 */
public final class InitialParameters {
  private final Settings settings;
  private final Configuration hadoop;
  private final Optional<String> sha256;

  private InitialParameters(Settings settings, Configuration hadoop, Optional<String> sha256) {
    this.settings = settings;
    this.hadoop = hadoop;
    this.sha256 = sha256;
  }

  /**
   * What the settings ask for; a file is read from its beginning to its end.
   *
   * @param hadoop configuration of clients
   * @throws IllegalArgumentException if the file does not fit the network; the message names the
   *     tensors and what to do
   * @throws io.earlybird.spark.store.StoreException if it cannot be opened
   */
  public static InitialParameters of(Settings settings, Configuration hadoop) {
    if (settings.network().initialParameters().isEmpty()) {
      return new InitialParameters(settings, hadoop, Optional.empty());
    }
    Network network = settings.denseNetwork();
    Parameters room = Parameters.zeros(ParameterLayout.of(network));
    String sha256 = read(settings, hadoop, network, room);
    return new InitialParameters(settings, hadoop, Optional.of(sha256));
  }

  /** SHA-256 of the file; empty if values are drawn. */
  public Optional<String> sha256() {
    return sha256;
  }

  /**
   * The values of the dense network.
   *
   * @throws IllegalArgumentException if the file is no longer the one that was looked at
   */
  public Parameters values() {
    Network network = settings.denseNetwork();
    boolean nothingDrawn =
        sha256.isPresent() && settings.network().initialClassifier() == Classifier.IMPORTED;
    Parameters values =
        nothingDrawn
            ? Parameters.zeros(ParameterLayout.of(network))
            : Initialization.draw(network, settings.run().seed());
    if (sha256.isPresent()) {
      String now = read(settings, hadoop, network, values);
      if (!now.equals(sha256.get())) {
        throw new IllegalArgumentException(
            "Cannot begin with "
                + settings.network().initialParameters()
                + ": it was changed while the run started (SHA-256 was "
                + sha256.get()
                + ", is "
                + now
                + "); start again");
      }
    }
    return values;
  }

  /** Gives the SHA-256 of the file. */
  private static String read(
      Settings settings, Configuration hadoop, Network network, Parameters into) {
    Path file = new Path(settings.network().initialParameters());
    Path directory = file.getParent() == null ? new Path(".") : file.getParent();
    FileStore store = FileStore.at(directory.toString(), hadoop);
    Linear last = network.output();
    Set<String> classifier = Set.of(last.weight(), last.biasName());
    Set<String> omitted =
        switch (settings.network().initialClassifier()) {
          case IMPORTED -> Set.of();
          case DRAWN -> classifier;
        };
    try (InputStream in = store.open(file.getName())) {
      return new InitialFile(network, classifier, omitted)
          .read(in, store.length(file.getName()), into);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "it cannot be read as a safetensors file: " + e.getMessage(), e);
    }
  }
}
