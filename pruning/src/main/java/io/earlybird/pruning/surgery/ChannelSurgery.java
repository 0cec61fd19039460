package io.earlybird.pruning.surgery;

import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.pruning.mask.ChannelScores;
import io.earlybird.pruning.mask.Mask;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Cuts masked channels out of any network (specification 2).
 *
 * <p>The result computes the function of the masked dense network, whose masked gammas and betas
 * are zero, in evaluation and in training. What is coupled with what follows from the graph; no
 * architecture is known here. The authors' code for ResNet-18 does not preserve the function, and
 * that for ResNet-50 carries no values over; neither is followed, but see {@link WidthTransfer}.
 */
public final class ChannelSurgery {
  private ChannelSurgery() {}

  /**
   * Cuts a network.
   *
   * @param network dense, or the result of an earlier cut
   * @param parameters its values; only gammas are looked at, to rank channels
   * @param mask one bit for each batch-norm channel, in the order of the network
   * @param options group rule and widths
   * @throws IllegalArgumentException if the mask does not fit the network, or the rule is {@link
   *     GroupRule#WIDTH_TRANSFER}
   */
  public static Cut cut(Network network, Parameters parameters, Mask mask, SurgeryOptions options) {
    if (options.rule() == GroupRule.WIDTH_TRANSFER) {
      throw new IllegalArgumentException(
          "Cannot carry values over with surgery width-transfer: take another rule");
    }
    ChannelScores scores = ChannelScores.of(network, parameters);
    scores.channels().requireFits(mask);
    Coupling coupling = new Coupling(network, options.rule());
    Selection selection = new Selection(coupling, options.rule(), scores.channels(), mask);
    new Widths(coupling, selection, new Importance(coupling, scores), options).apply();
    Network small = new NetworkCutter(network, selection).cut();
    return new Cut(
        small,
        GatherMap.of(network, small, selection),
        zeroed(small, selection),
        masked(network, selection),
        options.zeroed(),
        widths(small));
  }

  private static Map<String, Integer> widths(Network network) {
    Map<String, Integer> widths = new LinkedHashMap<>();
    for (BatchNorm norm : network.nodes(BatchNorm.class)) {
      widths.put(norm.name(), network.shape(norm.name()).channels());
    }
    return widths;
  }

  private static HeldEntries masked(Network network, Selection selection) {
    ParameterLayout layout = ParameterLayout.of(network);
    BitSet entries = new BitSet();
    for (BatchNorm norm : network.nodes(BatchNorm.class)) {
      for (int c = 0; c < network.shape(norm.name()).channels(); c++) {
        if (selection.masks(norm.name(), c)) {
          entries.set(layout.entry(norm.gamma()).offset() + c);
          entries.set(layout.entry(norm.beta()).offset() + c);
        }
      }
    }
    return HeldEntries.of(entries);
  }

  private static HeldEntries zeroed(Network small, Selection selection) {
    ParameterLayout layout = ParameterLayout.of(small);
    BitSet entries = new BitSet();
    for (BatchNorm norm : small.nodes(BatchNorm.class)) {
      int[] kept = selection.kept(norm.name());
      for (int i = 0; i < kept.length; i++) {
        if (selection.masks(norm.name(), kept[i])) {
          entries.set(layout.entry(norm.gamma()).offset() + i);
          entries.set(layout.entry(norm.beta()).offset() + i);
        }
      }
    }
    return HeldEntries.of(entries);
  }
}
