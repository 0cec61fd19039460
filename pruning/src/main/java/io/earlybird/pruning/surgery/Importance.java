package io.earlybird.pruning.surgery;

import io.earlybird.pruning.mask.BatchNormChannels;
import io.earlybird.pruning.mask.ChannelScores;

/**
 * Importance of channels: the largest |gamma| among the batch-norm channels that are coupled with
 * it; 0 if there is none.
 */
final class Importance {
  private final Coupling coupling;

  /** Batch-norm channels by channel number, in the order of the network. */
  private final int[] members;

  /** Largest score by representative of a unit, and of a group. */
  private final float[] ofUnit;

  private final float[] ofGroup;

  Importance(Coupling coupling, ChannelScores scores) {
    this.coupling = coupling;
    this.members = new int[scores.length()];
    this.ofUnit = new float[coupling.space().size()];
    this.ofGroup = new float[coupling.space().size()];
    for (BatchNormChannels.Layer layer : scores.channels().layers()) {
      for (int c = 0; c < layer.count(); c++) {
        int member = coupling.space().id(layer.node().name(), c);
        float score = scores.score(layer.offset() + c);
        members[layer.offset() + c] = member;
        int unit = coupling.unit(member);
        int group = coupling.group(member);
        ofUnit[unit] = Math.max(ofUnit[unit], score);
        ofGroup[group] = Math.max(ofGroup[group], score);
      }
    }
  }

  /** Importance of a channel: among its unit for a writer, among its coupling group otherwise. */
  float of(String node, int channel) {
    int id = coupling.space().id(node, channel);
    return coupling.writes(node) ? ofUnit[coupling.unit(id)] : ofGroup[coupling.group(id)];
  }

  /** Takes the channel, and what is coupled with it, out of the mask. */
  void unmask(String node, int channel, Selection selection) {
    int id = coupling.space().id(node, channel);
    boolean writer = coupling.writes(node);
    for (int member : members) {
      boolean coupled =
          writer
              ? coupling.unit(member) == coupling.unit(id)
              : coupling.group(member) == coupling.group(id);
      if (coupled) {
        selection.unmask(member);
      }
    }
  }
}
