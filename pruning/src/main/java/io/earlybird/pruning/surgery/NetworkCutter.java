package io.earlybird.pruning.surgery;

import io.earlybird.model.network.Add;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.ChannelSelect;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.IndexedAdd;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rebuilds a network with the channels that a selection keeps.
 *
 * <p>Nodes keep their names. A read gate that keeps fewer channels than its input gets a select
 * {@code NAME.select} in front, so that the batch norm computes selected channels only; a join
 * whose sources keep different channels becomes an indexed add; a select that would pass everything
 * is left out.
 */
final class NetworkCutter {
  private final Network network;
  private final Selection selection;
  private final List<Node> nodes = new ArrayList<>();

  /** Stand-in for selects that were left out. */
  private final Map<String, String> standIns = new HashMap<>();

  NetworkCutter(Network network, Selection selection) {
    this.network = network;
    this.selection = selection;
  }

  Network cut() {
    network.nodes().forEach(this::cut);
    return new Network(network.name(), nodes);
  }

  private void cut(Node node) {
    List<String> sources = node.sources().stream().map(this::provider).toList();
    if (node instanceof Convolution convolution) {
      int width = selection.kept(node.name()).length;
      nodes.add(convolution.withOutChannels(width).reading(sources));
    } else if (node instanceof BatchNorm norm) {
      cutBatchNorm(norm, sources.get(0));
    } else if (node instanceof ChannelSelect select) {
      cutSelect(select, sources.get(0));
    } else if (node instanceof Add add) {
      cutAdd(add, sources);
    } else if (node instanceof IndexedAdd add) {
      cutIndexedAdd(add, sources);
    } else {
      nodes.add(node.reading(sources));
    }
  }

  private String provider(String source) {
    return standIns.getOrDefault(source, source);
  }

  private void cutBatchNorm(BatchNorm norm, String source) {
    int[] kept = selection.kept(norm.name());
    int[] available = selection.kept(norm.source());
    if (Arrays.equals(kept, available)) {
      nodes.add(norm.reading(List.of(source)));
    } else {
      String select = norm.name() + ".select";
      nodes.add(new ChannelSelect(select, source, positions(kept, available)));
      nodes.add(norm.reading(List.of(select)));
    }
  }

  private void cutSelect(ChannelSelect select, String source) {
    int[] wanted =
        Arrays.stream(selection.kept(select.name())).map(select.channels()::get).toArray();
    int[] available = selection.kept(select.source());
    if (Arrays.equals(wanted, available)) {
      standIns.put(select.name(), source);
    } else {
      nodes.add(new ChannelSelect(select.name(), source, positions(wanted, available)));
    }
  }

  private void cutAdd(Add add, List<String> sources) {
    int[] places = selection.kept(add.name());
    List<IndexedAdd.Term> terms = new ArrayList<>();
    boolean whole = true;
    for (int i = 0; i < sources.size(); i++) {
      int[] kept = selection.kept(add.sources().get(i));
      whole &= Arrays.equals(kept, places);
      terms.add(new IndexedAdd.Term(sources.get(i), positions(kept, places)));
    }
    nodes.add(whole ? add.reading(sources) : new IndexedAdd(add.name(), places.length, terms));
  }

  private void cutIndexedAdd(IndexedAdd add, List<String> sources) {
    int[] places = selection.kept(add.name());
    List<IndexedAdd.Term> terms = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      IndexedAdd.Term term = add.terms().get(i);
      int[] kept = Arrays.stream(selection.kept(term.source())).map(term.channels()::get).toArray();
      terms.add(new IndexedAdd.Term(sources.get(i), positions(kept, places)));
    }
    nodes.add(new IndexedAdd(add.name(), places.length, terms));
  }

  /** Index of each wanted channel among the available ones, all ascending. */
  private static List<Integer> positions(int[] wanted, int[] available) {
    return Arrays.stream(wanted).map(c -> Arrays.binarySearch(available, c)).boxed().toList();
  }
}
