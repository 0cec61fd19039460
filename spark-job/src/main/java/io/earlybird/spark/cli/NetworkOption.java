package io.earlybird.spark.cli;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.network.Network;

/** A network by name, at a size. */
final class NetworkOption {
  private NetworkOption() {}

  /**
   * The network of that name with the classes of its data set.
   *
   * @param imageSize of the images; 0 for that of its data set
   */
  static Network named(String name, int imageSize) {
    return ExitCodes.checked(
        () -> {
          Network network = Networks.named(name);
          return imageSize == 0 ? network : Networks.named(name, network.classes(), imageSize);
        });
  }
}
