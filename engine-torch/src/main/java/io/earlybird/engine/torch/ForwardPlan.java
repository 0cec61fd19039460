package io.earlybird.engine.torch;

import io.earlybird.model.network.Add;
import io.earlybird.model.network.AveragePool;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.ChannelSelect;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.IndexedAdd;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.MaxPool;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import io.earlybird.model.network.NormalizedProducts;
import io.earlybird.model.network.Relu;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The order of calls of one forward pass, and what each may overwrite or let go.
 *
 * <p>A node may overwrite its first source if nobody else reads it and the way back through the
 * node that wrote it does not need it: outputs of convolutions, batch norms, sums and selections,
 * but not of rectifiers and pools. A selection of all channels passes its source through.
 */
final class ForwardPlan {
  /**
   * One node.
   *
   * @param node what is computed
   * @param sources steps whose outputs are read
   * @param overwrites whether the first source may be overwritten
   * @param lastReads steps whose outputs nobody reads afterwards; not the one that is overwritten
   * @param folded the batch norm that is computed with a convolution, if there is one
   */
  record Step(
      Node node,
      List<Integer> sources,
      boolean overwrites,
      List<Integer> lastReads,
      List<BatchNorm> folded) {}

  private final List<Step> steps = new ArrayList<>();
  private final Map<String, String> aliases = new HashMap<>();
  private final Map<String, BatchNorm> folded = new HashMap<>();
  private final Map<String, String> joined = new HashMap<>();
  private final Map<Integer, Integer> terms = new HashMap<>();
  private final BitSet neededBack = new BitSet();
  private final BitSet rectifiedSums = new BitSet();

  private ForwardPlan() {}

  /** The plan of a training step, node by node. */
  static ForwardPlan plain(Network network) {
    return lean(network, new ForwardPlan());
  }

  /** The plan of a training step: batch norms of {@link NormalizedProducts} are folded. */
  static ForwardPlan training(Network network) {
    ForwardPlan plan = new ForwardPlan();
    NormalizedProducts.of(network).forEach(plan::fold);
    plan.joinSums(network);
    return lean(network, plan);
  }

  /**
   * A rectified sum of two batch norms that nobody else reads, of which the first or the second is
   * computed with its convolution: that adds itself to the other in its memory.
   */
  private void joinSums(Network network) {
    for (Relu relu : network.nodes(Relu.class)) {
      if (network.node(relu.source()) instanceof Add sum
          && network.readers(sum.name()).size() == 1
          && sum.sources().size() == 2
          && sum.sources().stream().allMatch(term -> readByOne(network, term))) {
        List<String> terms = sum.sources();
        if (folded.containsKey(computed(terms.get(0)))) {
          joined.put(computed(terms.get(0)), terms.get(1));
        } else if (folded.containsKey(computed(terms.get(1)))) {
          joined.put(computed(terms.get(1)), terms.get(0));
        }
      }
    }
  }

  private static boolean readByOne(Network network, String batchNorm) {
    return network.node(batchNorm) instanceof BatchNorm && network.readers(batchNorm).size() == 1;
  }

  private void fold(String convolution, BatchNorm batchNorm) {
    folded.put(convolution, batchNorm);
    aliases.put(batchNorm.name(), convolution);
  }

  /** The plan of an evaluation: batch norms are folded into the convolutions that they read. */
  static ForwardPlan evaluation(Network network) {
    ForwardPlan plan = new ForwardPlan();
    for (BatchNorm batchNorm : network.nodes(BatchNorm.class)) {
      String source = batchNorm.source();
      if (network.node(source) instanceof Convolution && network.readers(source).size() == 1) {
        plan.fold(source, batchNorm);
      }
    }
    return lean(network, plan);
  }

  private static ForwardPlan lean(Network network, ForwardPlan plan) {
    for (ChannelSelect select : network.nodes(ChannelSelect.class)) {
      if (select.channels().size() == network.shape(select.source()).channels()) {
        plan.aliases.put(select.name(), plan.computed(select.source()));
      }
    }
    plan.add(plan.ordered(network), true);
    return plan;
  }

  /** The nodes of steps: those that add themselves to a term stand behind it, before the sum. */
  private List<Node> ordered(Network network) {
    List<Node> nodes = new ArrayList<>();
    for (Node node : network.nodes()) {
      if (node instanceof Add) {
        node.sources().stream()
            .map(this::computed)
            .filter(joined::containsKey)
            .forEach(product -> nodes.add(network.node(product)));
      }
      if (!aliases.containsKey(node.name()) && !joined.containsKey(node.name())) {
        nodes.add(node);
      }
    }
    return nodes;
  }

  /** Name of the step whose output is the output of a node. */
  private String computed(String node) {
    return aliases.getOrDefault(node, node);
  }

  /** A plan that keeps the output of every node. */
  static ForwardPlan complete(Network network) {
    ForwardPlan plan = new ForwardPlan();
    plan.add(network.nodes(), false);
    return plan;
  }

  private void add(List<Node> nodes, boolean lean) {
    Map<String, Integer> indexes = new HashMap<>();
    List<List<Integer>> sources = new ArrayList<>();
    int[] lastReader = new int[nodes.size()];
    int[] reads = new int[nodes.size()];
    for (int i = 0; i < nodes.size(); i++) {
      List<Integer> read = new ArrayList<>();
      for (String source : nodes.get(i).sources()) {
        int index = indexes.get(computed(source));
        read.add(index);
        reads[index]++;
        lastReader[index] = i;
      }
      sources.add(read);
      indexes.put(nodes.get(i).name(), i);
      if (joined.containsKey(nodes.get(i).name())) {
        terms.put(i, indexes.get(computed(joined.get(nodes.get(i).name()))));
      }
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
      BatchNorm batchNorm = folded.get(nodes.get(i).name());
      steps.add(
          new Step(
              nodes.get(i),
              sources.get(i),
              overwrites,
              lastReads,
              batchNorm == null ? List.of() : List.of(batchNorm)));
    }
    findNeededBack();
    findRectifiedSums();
  }

  private static boolean mayOverwrite(Node node) {
    return node instanceof Relu || node instanceof Add;
  }

  private static boolean mayBeOverwritten(Node node) {
    return node instanceof Convolution
        || node instanceof BatchNorm
        || node instanceof Add
        || node instanceof ChannelSelect
        || node instanceof IndexedAdd;
  }

  /** Whether the way back reads the output of a step: its own, or that of one of its readers. */
  boolean neededBack(int step) {
    return neededBack.get(step);
  }

  /**
   * Whether a step is a sum of two that overwrites one and is itself overwritten by a rectifier.
   */
  boolean rectifiedSum(int step) {
    return rectifiedSums.get(step);
  }

  /**
   * The step to whose output the product of a step adds itself, before the rectifier that follows
   * the sum; none if it does not.
   */
  OptionalInt term(int step) {
    Integer term = terms.get(step);
    return term == null ? OptionalInt.empty() : OptionalInt.of(term);
  }

  /** Whether a step is a sum that one of its terms is already, rectified. */
  boolean joined(int step) {
    return steps.get(step).sources().stream().anyMatch(terms::containsKey);
  }

  private void findRectifiedSums() {
    for (Step step : steps) {
      if (step.node() instanceof Relu && step.overwrites()) {
        Step source = steps.get(step.sources().get(0));
        rectifiedSums.set(
            step.sources().get(0),
            source.node() instanceof Add && source.overwrites() && source.sources().size() == 2);
      }
    }
  }

  private void findNeededBack() {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).node() instanceof Relu) {
        neededBack.set(i);
      }
      if (readsSourceBack(steps.get(i).node())) {
        steps.get(i).sources().forEach(neededBack::set);
      }
    }
  }

  private static boolean readsSourceBack(Node node) {
    return node instanceof Convolution
        || node instanceof Linear
        || node instanceof BatchNorm
        || node instanceof MaxPool
        || node instanceof AveragePool;
  }

  List<Step> steps() {
    return steps;
  }
}
