package io.earlybird.pruning.parity;

import io.earlybird.model.network.Network;
import io.earlybird.pruning.surgery.SurgeryOptions;
import java.util.List;
import java.util.Optional;

/**
 * What every engine computes: a network in the middle of a training, dense or cut, and the sizes of
 * the batches that follow. Holds no values, so that many cases may wait for their turn.
 *
 * @param dense the network before any cut
 * @param surgery how it is cut; empty if it is not
 * @param batchSizes of the steps, in turn; the first is that of the other passes, too
 */
public record ParityCase(
    Network dense, Optional<SurgeryOptions> surgery, List<Integer> batchSizes) {
  public ParityCase {
    batchSizes = List.copyOf(batchSizes);
  }

  /** A network as it is. */
  public static ParityCase dense(Network network, Integer... batchSizes) {
    return new ParityCase(network, Optional.empty(), List.of(batchSizes));
  }

  /** The network cut by a mask that keeps about half of the channels of most layers. */
  public static ParityCase cut(Network network, SurgeryOptions surgery, Integer... batchSizes) {
    return new ParityCase(network, Optional.of(surgery), List.of(batchSizes));
  }

  @Override
  public String toString() {
    return "%s, images %s, %s, batches %s"
        .formatted(
            dense.name(),
            dense.imageShape(),
            surgery.map(ParityCase::named).orElse("dense"),
            batchSizes);
  }

  private static String named(SurgeryOptions surgery) {
    return surgery.rule().settingName() + " to multiples of " + surgery.channelMultiple();
  }
}
