package io.earlybird.pruning.surgery;

import io.earlybird.model.network.Add;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.IndexedAdd;
import io.earlybird.model.network.Input;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.Node;
import io.earlybird.pruning.mask.BatchNormChannels;
import io.earlybird.pruning.mask.Mask;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Which channels stay in the cut network, given which batch-norm channels are masked.
 *
 * <p>Forward, a channel is <em>zero</em> if a mask zeroes it, or if all that it is made of is zero.
 * Backward, a channel is kept if a convolution or linear node reads it and it is not zero, if it is
 * a stream's and not zero (with {@link GroupRule#INNER_ONLY}: a stream's), if it was asked for by
 * name, or if a kept channel needs it. Everything else never reaches the output.
 */
final class Selection {
  private final Coupling coupling;
  private final GroupRule rule;

  /** Masked batch-norm channels, channels asked for, zero channels; by channel number. */
  private final BitSet masked = new BitSet();

  private final BitSet required = new BitSet();
  private final BitSet zero = new BitSet();

  /** Representatives of the units that are kept. */
  private final BitSet kept = new BitSet();

  Selection(Coupling coupling, GroupRule rule, BatchNormChannels channels, Mask mask) {
    this.coupling = coupling;
    this.rule = rule;
    for (BatchNormChannels.Layer layer : channels.layers()) {
      for (int c = 0; c < layer.count(); c++) {
        masked.set(id(layer.node().name(), c), !mask.keeps(layer.offset() + c));
      }
    }
    settle();
  }

  /** Whether the mask zeroes this channel of a batch norm. */
  boolean masks(String batchNorm, int channel) {
    return masked.get(id(batchNorm, channel));
  }

  /** Whether the channel stays. */
  boolean keeps(String node, int channel) {
    return keeps(id(node, channel));
  }

  /** Whether the stream that a writer adds this channel into keeps it. */
  boolean placed(String writer, int channel) {
    int place = coupling.place(id(writer, channel));
    return place < 0 || keeps(place);
  }

  /** Channels of a node that stay, ascending. */
  int[] kept(String node) {
    int[] channels = new int[coupling.space().width(node)];
    int count = 0;
    for (int c = 0; c < channels.length; c++) {
      if (keeps(node, c)) {
        channels[count++] = c;
      }
    }
    return Arrays.copyOf(channels, count);
  }

  /** Asks for a channel by name. */
  void require(String node, int channel) {
    required.set(id(node, channel));
  }

  /** Takes a channel of a batch norm out of the mask. */
  void unmask(int channel) {
    masked.clear(channel);
  }

  /** Derives zero and kept channels anew. */
  void settle() {
    findZeros();
    kept.clear();
    required.stream().forEach(this::keep);
    coupling.network().nodes().forEach(this::keepWhatIsUsed);
    boolean grown = true;
    while (grown) {
      int before = kept.cardinality();
      coupling.network().nodes().forEach(this::keepWhatKeptChannelsNeed);
      grown = kept.cardinality() > before;
    }
  }

  private void findZeros() {
    zero.clear();
    for (Node node : coupling.network().nodes()) {
      int first = id(node.name(), 0);
      int end = first + coupling.space().width(node.name());
      if (node instanceof BatchNorm) {
        for (int c = masked.nextSetBit(first); c >= 0 && c < end; c = masked.nextSetBit(c + 1)) {
          zero.set(c);
        }
      } else if (!originates(node)) {
        zero.set(first, end);
        coupling.flows(node.name()).forEach(this::carryValues);
      }
    }
  }

  private static boolean originates(Node node) {
    return node instanceof Input || node instanceof Convolution || node instanceof Linear;
  }

  private void carryValues(Flow flow) {
    for (int i = 0; i < flow.to.length; i++) {
      if (!zero.get(flow.from[i])) {
        zero.clear(flow.to[i]);
      }
    }
  }

  private void keepWhatIsUsed(Node node) {
    boolean stream = node instanceof Add || node instanceof IndexedAdd;
    if (node instanceof Input || node instanceof Linear || stream) {
      boolean all = !stream || rule == GroupRule.INNER_ONLY;
      for (int c = 0; c < coupling.space().width(node.name()); c++) {
        if (all || !zero.get(id(node.name(), c))) {
          keep(id(node.name(), c));
        }
      }
    }
    for (Flow flow : coupling.flows(node.name())) {
      if (flow.kind == Flow.Kind.READ || flow.kind == Flow.Kind.WRITTEN) {
        for (int from : flow.from) {
          if (!zero.get(from)) {
            keep(from);
          }
        }
      }
    }
  }

  private void keepWhatKeptChannelsNeed(Node node) {
    for (Flow flow : coupling.flows(node.name())) {
      for (int i = 0; i < flow.to.length; i++) {
        if (flow.kind == Flow.Kind.GATED && keeps(flow.to[i])) {
          keep(flow.from[i]);
        } else if (flow.kind == Flow.Kind.WRITTEN && keeps(flow.from[i])) {
          keep(flow.to[i]);
        }
      }
    }
  }

  private void keep(int channel) {
    kept.set(coupling.unit(channel));
  }

  private boolean keeps(int channel) {
    return kept.get(coupling.unit(channel));
  }

  private int id(String node, int channel) {
    return coupling.space().id(node, channel);
  }
}
