package io.earlybird.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.model.network.Add;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.ChannelSelect;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.MaxPool;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Relu;
import io.earlybird.pruning.parity.NodeNetworks;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForwardPlanTest {
  private static ForwardPlan.Step step(Network network, String node) {
    return ForwardPlan.training(network).steps().stream()
        .filter(candidate -> candidate.node().name().equals(node))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aRectifierOverwritesWhatOnlyItReads() {
    Network network =
        NodeNetworks.around("n", 5, 5, new BatchNorm("bn", "first", 1), new Relu("r", "bn"));
    assertThat(step(network, "r").overwrites()).isTrue();
    assertThat(step(network, "r").lastReads()).isEmpty();
    assertThat(step(network, "bn").overwrites()).isFalse();
    assertThat(step(network, "bn").lastReads()).containsExactly(1);
  }

  @Test
  void nothingOverwritesWhatOthersReadToo() {
    Network network =
        NodeNetworks.around(
            "n", 5, 5, new Relu("r", "first"), new Add("add", List.of("first", "r")));
    assertThat(step(network, "r").overwrites()).isFalse();
    assertThat(step(network, "r").lastReads()).isEmpty();
    assertThat(step(network, "add").overwrites()).isFalse();
    assertThat(step(network, "add").lastReads()).containsExactly(1, 2);
  }

  @Test
  void nothingOverwritesWhatItsWriterNeedsAgain() {
    Network network =
        NodeNetworks.around(
            "n",
            6,
            3,
            new Relu("r", "first"),
            new MaxPool("pool", "r", 2, 2, 0),
            new Relu("again", "pool"),
            new Convolution("c", "again", 4, 1, 1, 0),
            new Add("add", List.of("again", "c")));
    assertThat(step(network, "again").overwrites()).isFalse();
    assertThat(step(network, "add").overwrites()).isFalse();
  }

  @Test
  void evaluationFoldsABatchNormIntoTheConvolutionThatItAloneReads() {
    BatchNorm folded = new BatchNorm("bn", "first", 1);
    Network network = NodeNetworks.around("n", 5, 5, folded, new Relu("r", "bn"));
    ForwardPlan plan = ForwardPlan.evaluation(network);
    assertThat(plan.steps())
        .extracting(step -> step.node().name())
        .containsExactly("input", "first", "r", "avgpool", "fc");
    assertThat(plan.steps().get(1).folded()).containsExactly(folded);
    assertThat(plan.steps().get(2).sources()).containsExactly(1);
    assertThat(plan.steps().get(2).overwrites()).isTrue();
    assertThat(ForwardPlan.training(network).steps()).hasSize(network.nodes().size());
  }

  @Test
  void evaluationDoesNotFoldIntoAConvolutionThatOthersReadToo() {
    Network network =
        NodeNetworks.around(
            "n", 5, 5, new BatchNorm("bn", "first", 1), new Add("add", List.of("bn", "first")));
    assertThat(ForwardPlan.evaluation(network).steps()).hasSize(network.nodes().size());
  }

  @Test
  void aSelectionOfAllChannelsPassesItsSourceThrough() {
    Network network =
        NodeNetworks.around(
            "n",
            5,
            5,
            new ChannelSelect("all", "first", List.of(0, 1, 2, 3)),
            new Relu("r", "all"),
            new Add("add", List.of("r", "first")));
    assertThat(ForwardPlan.training(network).steps())
        .extracting(step -> step.node().name())
        .doesNotContain("all");
    assertThat(step(network, "r").overwrites()).isFalse();
    assertThat(ForwardPlan.complete(network).steps()).hasSize(network.nodes().size());
  }

  @Test
  void aRectifierOverwritesASelection() {
    Network network =
        NodeNetworks.around(
            "n", 5, 5, new ChannelSelect("some", "first", List.of(1, 3)), new Relu("r", "some"));
    assertThat(step(network, "r").overwrites()).isTrue();
  }

  @Test
  void theWayBackNeedsWhatConvolutionsAndBatchNormsReadAndWhatRectifiersPutOut() {
    Network network =
        NodeNetworks.around(
            "n",
            5,
            5,
            new BatchNorm("bn", "first", 1),
            new Relu("r", "first"),
            new Add("add", List.of("bn", "r")));
    assertThat(neededBack(network)).containsExactly("input", "first", "r", "add", "avgpool");
  }

  /** The sum is what the average pool reads, for its extents. */
  private static List<String> neededBack(Network network) {
    ForwardPlan plan = ForwardPlan.training(network);
    return IntStream.range(0, plan.steps().size())
        .filter(plan::neededBack)
        .mapToObj(i -> plan.steps().get(i).node().name())
        .toList();
  }

  /** A rectified sum of a wide product's batch norm and another one, in this order. */
  private static Network sumOfBatchNorms(String... terms) {
    return NodeNetworks.around(
        "n",
        5,
        5,
        new Convolution("product", "first", 8, 1, 1, 0),
        new BatchNorm("product.bn", "product", 1),
        new Convolution("other", "first", 8, 3, 1, 1),
        new BatchNorm("other.bn", "other", 1),
        new Add("add", List.of(terms)),
        new Relu("r", "add"));
  }

  @Test
  void trainingAddsAProductWithItsBatchNormToTheOtherTermOfARectifiedSum() {
    for (String[] terms : new String[][] {{"product.bn", "other.bn"}, {"other.bn", "product.bn"}}) {
      ForwardPlan plan = ForwardPlan.training(sumOfBatchNorms(terms));
      assertThat(plan.steps())
          .extracting(step -> step.node().name())
          .containsExactly(
              "input", "first", "other", "other.bn", "product", "add", "r", "avgpool", "fc");
      assertThat(plan.steps().get(4).folded()).hasSize(1);
      assertThat(plan.term(4)).hasValue(3);
      assertThat(plan.joined(5)).isTrue();
      assertThat(plan.rectifiedSum(5)).isTrue();
      assertThat(plan.neededBack(4)).isFalse();
    }
  }

  @Test
  void nothingIsAddedToATermThatOthersReadToo() {
    Network network =
        NodeNetworks.around(
            "n",
            5,
            5,
            new Convolution("product", "first", 4, 1, 1, 0),
            new BatchNorm("product.bn", "product", 1),
            new BatchNorm("other", "first", 1),
            new Add("add", List.of("product.bn", "other")),
            new Relu("r", "add"),
            new Add("again", List.of("r", "other")));
    ForwardPlan plan = ForwardPlan.training(network);
    assertThat(plan.steps()).hasSize(network.nodes().size() - 1);
    assertThat(plan.steps().get(2).folded()).hasSize(1);
    assertThat(plan.term(2)).isEmpty();
    assertThat(plan.joined(4)).isFalse();
  }

  @Test
  void thePlainPlanHasAStepForEachNode() {
    Network network = sumOfBatchNorms("product.bn", "other.bn");
    assertThat(ForwardPlan.plain(network).steps()).hasSize(network.nodes().size());
  }
}
