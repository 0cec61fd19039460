package io.earlybird.benchmarks.contest;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.TensorSpec.Role;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.pruning.mask.ChannelRanking;
import io.earlybird.pruning.mask.ChannelScores;
import io.earlybird.pruning.mask.MaskRule;
import io.earlybird.pruning.surgery.ChannelSurgery;
import io.earlybird.pruning.surgery.Cut;
import io.earlybird.pruning.surgery.GroupRule;
import io.earlybird.pruning.surgery.MinimumWidth;
import io.earlybird.pruning.surgery.SurgeryOptions;
import io.earlybird.pruning.surgery.Zeroed;
import java.util.Random;

/**
 * A network that contestants train: dense, or cut by a mask that only the seed decides.
 *
 * <p>The scores behind the mask are uniform random numbers, one for each batch-norm channel, of
 * which the smallest {@code ratio} go; coupled channels go by the rule {@code union}.
 *
 * @param network by name
 * @param imageSize of its square images; 0 for that of the network's data set
 * @param ratio p of the channels that are masked, in [0, 1); 0 for the dense network
 * @param channelMultiple to which kept widths are rounded up
 */
public record Subject(String network, int imageSize, double ratio, int channelMultiple) {
  private static final long SEED = 1;

  public Subject {
    if (!(ratio >= 0 && ratio < 1) || channelMultiple < 1) {
      throw new IllegalArgumentException(
          "Invalid subject "
              + network
              + ": ratio "
              + ratio
              + " must be in [0, 1), channel multiple "
              + channelMultiple
              + " at least 1");
    }
  }

  /** The dense network at the image size of its data set. */
  public static Subject dense(String network) {
    return new Subject(network, 0, 0, 1);
  }

  /** The structure that is trained. */
  public Network structure() {
    Network dense = whole();
    if (ratio == 0) {
      return dense;
    }
    Parameters scores = randomGammas(dense);
    ChannelRanking ranking = ChannelRanking.of(ChannelScores.of(dense, scores));
    SurgeryOptions options =
        new SurgeryOptions(
            GroupRule.UNION, Zeroed.FROZEN, MinimumWidth.KEEP_LARGEST, channelMultiple);
    Cut cut = ChannelSurgery.cut(dense, scores, ranking.mask(ratio, MaskRule.EXACT_K), options);
    return cut.network();
  }

  /** Values that every contestant starts from. */
  public static Parameters values(Network structure) {
    return Initialization.draw(structure, SEED);
  }

  private Network whole() {
    Network standard = Networks.named(network);
    return imageSize == 0 ? standard : Networks.named(network, standard.classes(), imageSize);
  }

  private static Parameters randomGammas(Network dense) {
    Random random = new Random(SEED);
    Parameters scores = Parameters.zeros(ParameterLayout.of(dense));
    for (ParameterLayout.Entry gamma : scores.layout().entries(Role.GAMMA)) {
      for (int i = gamma.offset(); i < gamma.end(); i++) {
        scores.values()[i] = random.nextFloat();
      }
    }
    return scores;
  }
}
