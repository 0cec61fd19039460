package io.earlybird.pruning.surgery;

import io.earlybird.model.network.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Brings channels back where a node would keep none, or no multiple of the wanted number.
 *
 * <p>A channel that comes back does so with its real values: it leaves the mask, together with what
 * is coupled with it. Streams come before the writers that add into them, and a writer is rounded
 * up within the channels that its stream keeps.
 */
final class Widths {
  private final Coupling coupling;
  private final Selection selection;
  private final Importance importance;
  private final SurgeryOptions options;

  Widths(Coupling coupling, Selection selection, Importance importance, SurgeryOptions options) {
    this.coupling = coupling;
    this.selection = selection;
    this.importance = importance;
    this.options = options;
  }

  void apply() {
    for (Node node : coupling.network().nodes()) {
      if (selection.kept(node.name()).length == 0) {
        keepOne(node.name());
      }
    }
    if (options.channelMultiple() > 1) {
      coupling.network().nodes().stream().filter(node -> !writes(node)).forEach(this::roundUp);
      coupling.network().nodes().stream().filter(this::writes).forEach(this::roundUp);
    }
  }

  private boolean writes(Node node) {
    return coupling.writes(node.name());
  }

  private void keepOne(String node) {
    if (options.minimumWidth() == MinimumWidth.KEEP_ZEROED) {
      selection.require(node, 0);
    } else {
      bringBack(node, missing(node).get(0));
    }
    selection.settle();
  }

  private void roundUp(Node node) {
    String name = node.name();
    int width = selection.kept(name).length;
    int multiple = options.channelMultiple();
    int wanted = (width + multiple - 1) / multiple * multiple;
    if (wanted == width) {
      return;
    }
    List<Integer> candidates = missing(name);
    if (writes(node)) {
      candidates.removeIf(channel -> !selection.placed(name, channel));
    }
    int more = Math.min(wanted - width, candidates.size());
    if (more > 0) {
      candidates.subList(0, more).forEach(channel -> bringBack(name, channel));
      selection.settle();
    }
  }

  private void bringBack(String node, int channel) {
    selection.require(node, channel);
    importance.unmask(node, channel, selection);
  }

  /** Channels that are not kept, the most important first, lower index first on ties. */
  private List<Integer> missing(String node) {
    List<Integer> missing = new ArrayList<>();
    for (int c = 0; c < coupling.space().width(node); c++) {
      if (!selection.keeps(node, c)) {
        missing.add(c);
      }
    }
    missing.sort(Comparator.comparing(c -> -importance.of(node, c)));
    return missing;
  }
}
