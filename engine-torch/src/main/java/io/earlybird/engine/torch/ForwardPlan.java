package io.earlybird.engine.torch;

import io.earlybird.model.network.Add;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.ChannelSelect;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import io.earlybird.model.network.Relu;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order of calls of one forward pass, and what each may overwrite or let go.
 *
 * <p>A node may overwrite its first source if nobody else reads it and the backward pass of the
 * node that wrote it does not need it: outputs of convolutions, batch norms and sums, but not of
 * rectifiers and pools. Selections and indexed sums are views, which autograd would copy. A
 * selection of all channels passes its source through.
 */
final class ForwardPlan {
  /**
   * One node.
   *
   * @param node what is computed
   * @param sources steps whose outputs are read
   * @param overwrites whether the first source may be overwritten
   * @param lastReads steps whose outputs nobody reads afterwards; not the one that is overwritten
   */
  record Step(Node node, List<Integer> sources, boolean overwrites, List<Integer> lastReads) {}

  private final List<Step> steps = new ArrayList<>();

  private ForwardPlan() {}

  /** The plan of a training step or an evaluation. */
  static ForwardPlan lean(Network network) {
    ForwardPlan plan = new ForwardPlan();
    List<Node> nodes = new ArrayList<>(network.nodes());
    Map<String, String> aliases = new HashMap<>();
    for (Node node : network.nodes()) {
      if (node instanceof ChannelSelect select
          && select.channels().size() == network.shape(select.source()).channels()) {
        aliases.put(select.name(), aliases.getOrDefault(select.source(), select.source()));
        nodes.remove(node);
      }
    }
    plan.add(nodes, aliases, true);
    return plan;
  }

  /** A plan that keeps the output of every node. */
  static ForwardPlan complete(Network network) {
    ForwardPlan plan = new ForwardPlan();
    plan.add(network.nodes(), Map.of(), false);
    return plan;
  }

  private void add(List<Node> nodes, Map<String, String> aliases, boolean lean) {
    Map<String, Integer> indexes = new HashMap<>();
    List<List<Integer>> sources = new ArrayList<>();
    int[] lastReader = new int[nodes.size()];
    int[] reads = new int[nodes.size()];
    for (int i = 0; i < nodes.size(); i++) {
      List<Integer> read = new ArrayList<>();
      for (String source : nodes.get(i).sources()) {
        int index = indexes.get(aliases.getOrDefault(source, source));
        read.add(index);
        reads[index]++;
        lastReader[index] = i;
      }
      sources.add(read);
      indexes.put(nodes.get(i).name(), i);
    }
    for (int i = 0; i < nodes.size(); i++) {
      int reader = i;
      boolean overwrites =
          lean
              && mayOverwrite(nodes.get(i))
              && reads[sources.get(i).get(0)] == 1
              && mayBeOverwritten(nodes.get(sources.get(i).get(0)));
      List<Integer> lastReads =
          sources.get(i).stream()
              .skip(overwrites ? 1 : 0)
              .distinct()
              .filter(s -> lean && lastReader[s] == reader)
              .toList();
      steps.add(new Step(nodes.get(i), sources.get(i), overwrites, lastReads));
    }
  }

  private static boolean mayOverwrite(Node node) {
    return node instanceof Relu || node instanceof Add;
  }

  private static boolean mayBeOverwritten(Node node) {
    return node instanceof Convolution || node instanceof BatchNorm || node instanceof Add;
  }

  List<Step> steps() {
    return steps;
  }
}
