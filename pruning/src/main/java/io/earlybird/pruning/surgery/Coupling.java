package io.earlybird.pruning.surgery;

import io.earlybird.model.network.Add;
import io.earlybird.model.network.AveragePool;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.ChannelSelect;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.IndexedAdd;
import io.earlybird.model.network.Input;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.MaxPool;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import io.earlybird.model.network.Relu;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which channels of a network depend on each other, derived from the graph alone.
 *
 * <p>ReLUs, pools, joins and batch norms hand channels on, so that these are coupled. Two kinds of
 * places break the coupling:
 *
 * <ul>
 *   <li>A <em>read gate</em>: a batch norm whose input is not written by one convolution for it
 *       alone. It may pick channels; its input keeps them (pre-activation networks, specification
 *       2.5). A channel select is one too.
 *   <li>With {@link GroupRule#SCATTER}, a <em>writer</em>: a chain from a convolution to a join
 *       that nothing else reads. It computes its own channels only.
 * </ul>
 */
final class Coupling {
  private final Network network;
  private final GroupRule rule;
  private final ChannelSpace space;
  private final Map<String, List<Flow>> flows = new LinkedHashMap<>();
  private final Set<String> writers = new HashSet<>();
  private final DisjointSets units;
  private final DisjointSets groups;
  private final int[] places;

  Coupling(Network network, GroupRule rule) {
    this.network = network;
    this.rule = rule;
    this.space = new ChannelSpace(network);
    this.units = new DisjointSets(space.size());
    this.groups = new DisjointSets(space.size());
    for (Node node : network.nodes()) {
      flows.put(node.name(), flowsInto(node));
    }
    flows.values().forEach(list -> list.forEach(this::join));
    this.places = new int[space.size()];
    Arrays.fill(places, -1);
    flows.values().forEach(list -> list.forEach(this::place));
  }

  private void place(Flow flow) {
    if (flow.kind == Flow.Kind.WRITTEN) {
      for (int i = 0; i < flow.to.length; i++) {
        places[units.root(flow.from[i])] = flow.to[i];
      }
    }
  }

  private void join(Flow flow) {
    for (int i = 0; i < flow.to.length; i++) {
      if (flow.kind == Flow.Kind.COUPLED) {
        units.join(flow.from[i], flow.to[i]);
      }
      if (flow.kind == Flow.Kind.COUPLED || flow.kind == Flow.Kind.WRITTEN) {
        groups.join(flow.from[i], flow.to[i]);
      }
    }
  }

  Network network() {
    return network;
  }

  ChannelSpace space() {
    return space;
  }

  /** What enters a node, one flow for each source. */
  List<Flow> flows(String node) {
    return flows.get(node);
  }

  /** Representative of the channels that are cut together with this one. */
  int unit(int channel) {
    return units.root(channel);
  }

  /** Representative of the coupling group, writers included. */
  int group(int channel) {
    return groups.root(channel);
  }

  /** Channel of the stream that a writer adds this channel into; -1 if it is no writer's. */
  int place(int channel) {
    return places[units.root(channel)];
  }

  /** Whether the node lies on a chain that adds its own channels into a stream. */
  boolean writes(String node) {
    return writers.contains(node);
  }

  private List<Flow> flowsInto(Node node) {
    if (node instanceof Input) {
      return List.of();
    } else if (node instanceof Convolution || node instanceof Linear) {
      String source = node.sources().get(0);
      return List.of(new Flow(Flow.Kind.READ, ids(source), new int[0]));
    } else if (node instanceof BatchNorm norm) {
      Flow.Kind kind = writtenAlone(norm.source()) ? Flow.Kind.COUPLED : Flow.Kind.GATED;
      return List.of(new Flow(kind, ids(norm.source()), ids(norm.name())));
    } else if (node instanceof Relu || node instanceof MaxPool || node instanceof AveragePool) {
      return List.of(new Flow(Flow.Kind.COUPLED, ids(node.sources().get(0)), ids(node.name())));
    } else if (node instanceof ChannelSelect select) {
      int[] from = ids(select.source(), select.channels());
      return List.of(new Flow(Flow.Kind.GATED, from, ids(select.name())));
    } else if (node instanceof Add add) {
      return add.sources().stream().map(source -> joined(source, ids(add.name()))).toList();
    } else if (node instanceof IndexedAdd add) {
      List<Flow> terms = new ArrayList<>();
      for (IndexedAdd.Term term : add.terms()) {
        terms.add(joined(term.source(), ids(add.name(), term.channels())));
      }
      return terms;
    }
    throw new IllegalArgumentException("Cannot derive the coupling of node " + node);
  }

  private Flow joined(String source, int[] to) {
    if (rule == GroupRule.SCATTER && writtenAlone(source)) {
      markWriters(source);
      return new Flow(Flow.Kind.WRITTEN, ids(source), to);
    }
    return new Flow(Flow.Kind.COUPLED, ids(source), to);
  }

  /** Whether one convolution or gate writes the output of the node, and one node reads it. */
  private boolean writtenAlone(String name) {
    Node node = network.node(name);
    if (network.readers(name).size() != 1) {
      return false;
    }
    if (node instanceof Relu || node instanceof MaxPool || node instanceof AveragePool) {
      return writtenAlone(node.sources().get(0));
    }
    return node instanceof Convolution
        || node instanceof BatchNorm
        || node instanceof ChannelSelect;
  }

  private void markWriters(String name) {
    writers.add(name);
    for (Flow.Kind kind : kinds(name)) {
      if (kind == Flow.Kind.COUPLED) {
        markWriters(network.node(name).sources().get(0));
      }
    }
  }

  private List<Flow.Kind> kinds(String name) {
    return flows.get(name).stream().map(flow -> flow.kind).toList();
  }

  private int[] ids(String node) {
    int[] ids = new int[space.width(node)];
    for (int c = 0; c < ids.length; c++) {
      ids[c] = space.id(node, c);
    }
    return ids;
  }

  private int[] ids(String node, List<Integer> channels) {
    return channels.stream().mapToInt(c -> space.id(node, c)).toArray();
  }
}
