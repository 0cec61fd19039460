package io.earlybird.pruning.surgery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.cost.OperationCount;
import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Mode;
import io.earlybird.model.network.Add;
import io.earlybird.model.network.AveragePool;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.ChannelSelect;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.IndexedAdd;
import io.earlybird.model.network.Input;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Relu;
import io.earlybird.model.network.Shape;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.model.reference.RandomBatches;
import io.earlybird.model.reference.ReferenceReplica;
import io.earlybird.pruning.mask.BatchNormChannels;
import io.earlybird.pruning.mask.Mask;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Structure of cut networks, compared with what the specification says of each architecture. */
class CouplingGroupsTest {
  private static Mask random(Network network, double p, long seed) {
    BitSet kept = new BitSet();
    Random random = new Random(seed);
    int total = BatchNormChannels.of(network).total();
    for (int i = 0; i < total; i++) {
      kept.set(i, random.nextDouble() >= p);
    }
    return Mask.of(kept, total);
  }

  private static Mask layer(Network network, Mask mask, String norm) {
    BatchNormChannels.Layer layer = BatchNormChannels.of(network).layer(norm);
    return mask.slice(layer.offset(), layer.count());
  }

  private static int unionWidth(Network network, Mask mask, String... norms) {
    BitSet union = new BitSet();
    for (String norm : norms) {
      union.or(layer(network, mask, norm).toBitSet());
    }
    return union.cardinality();
  }

  private static Cut cut(Network network, Mask mask, GroupRule rule) {
    Parameters parameters = RandomValues.gammas(network, 1);
    return ChannelSurgery.cut(network, parameters, mask, SurgeryOptions.defaults().withRule(rule));
  }

  private static int width(Cut cut, String node) {
    return cut.network().shape(node).channels();
  }

  @Test
  void chainKeepsExactlyTheMaskedChannels() {
    Network network = Networks.named("vgg16-cifar", 10, 16);
    Mask mask = random(network, 0.5, 1);
    Cut cut = cut(network, mask, GroupRule.UNION);
    for (BatchNorm norm : network.nodes(BatchNorm.class)) {
      assertThat(width(cut, norm.name()))
          .as(norm.name())
          .isEqualTo(layer(network, mask, norm.name()).keptCount());
    }
    assertThat(cut.zeroed().isEmpty()).isTrue();
    ParameterLayout layout = ParameterLayout.of(cut.network());
    int last = layer(network, mask, "features.41").keptCount();
    assertThat(layout.entry("classifier.weight").spec().shape()).containsExactly(10, last);
    assertThat(layout.entry("features.0.weight").spec().extent(1)).isEqualTo(3);
  }

  @Test
  void groupsOfResnet18AreThoseOfTheSpecification() {
    Network network = Networks.named("resnet18", 10, 32);
    Mask mask = random(network, 0.8, 2);
    Cut cut = cut(network, mask, GroupRule.UNION);
    List<List<String>> groups =
        List.of(
            List.of("bn1", "layer1.0.bn2", "layer1.1.bn2"),
            List.of("layer2.0.bn2", "layer2.0.downsample.1", "layer2.1.bn2"),
            List.of("layer3.0.bn2", "layer3.0.downsample.1", "layer3.1.bn2"),
            List.of("layer4.0.bn2", "layer4.0.downsample.1", "layer4.1.bn2"));
    for (List<String> group : groups) {
      int union = unionWidth(network, mask, group.toArray(String[]::new));
      for (String norm : group) {
        assertThat(width(cut, norm)).as(norm).isEqualTo(union);
      }
    }
    assertThat(width(cut, "layer3.1.bn1"))
        .isEqualTo(layer(network, mask, "layer3.1.bn1").keptCount());
    assertThat(cut.network().nodes(IndexedAdd.class)).isEmpty();
    assertThat(cut.network().nodes(ChannelSelect.class)).isEmpty();
  }

  @Test
  void stemOfResnet50IsAGroupOfItsOwn() {
    Network network = Networks.named("resnet50", 10, 32);
    Mask mask = random(network, 0.9, 3);
    Cut cut = cut(network, mask, GroupRule.UNION);
    assertThat(width(cut, "bn1")).isEqualTo(layer(network, mask, "bn1").keptCount());
    String[] stage2 = {
      "layer2.0.downsample.1", "layer2.0.bn3", "layer2.1.bn3", "layer2.2.bn3", "layer2.3.bn3"
    };
    assertThat(width(cut, "layer2.2.bn3")).isEqualTo(unionWidth(network, mask, stage2));
    assertThat(width(cut, "layer2.2.bn2"))
        .isEqualTo(layer(network, mask, "layer2.2.bn2").keptCount());
  }

  @Test
  void innerOnlyLeavesStreamsWholeAndZeroesTheirMaskedMembers() {
    Network network = Networks.named("resnet18", 10, 32);
    Mask mask = random(network, 0.5, 4);
    Cut cut = cut(network, mask, GroupRule.INNER_ONLY);
    int masked = 0;
    for (String norm : List.of("bn1", "layer2.0.bn2", "layer2.0.downsample.1", "layer4.1.bn2")) {
      assertThat(width(cut, norm)).isEqualTo(network.shape(norm).channels());
    }
    for (BatchNorm norm : network.nodes(BatchNorm.class)) {
      boolean inner = norm.name().endsWith(".bn1");
      Mask own = layer(network, mask, norm.name());
      masked += inner ? 0 : own.length() - own.keptCount();
      assertThat(width(cut, norm.name())).isEqualTo(inner ? own.keptCount() : own.length());
    }
    assertThat(cut.zeroed().count()).isEqualTo(2 * masked);
  }

  @Test
  void scatterWritersComputeTheirOwnChannelsOnly() {
    Network network = Networks.named("resnet50", 10, 32);
    Mask mask = random(network, 0.7, 5);
    Cut cut = cut(network, mask, GroupRule.SCATTER);
    for (BatchNorm norm : network.nodes(BatchNorm.class)) {
      assertThat(width(cut, norm.name()))
          .as(norm.name())
          .isEqualTo(layer(network, mask, norm.name()).keptCount());
    }
    assertThat(cut.zeroed().isEmpty()).as("nothing is kept that is masked").isTrue();
    String[] stage1 = {"layer1.0.downsample.1", "layer1.0.bn3", "layer1.1.bn3", "layer1.2.bn3"};
    assertThat(width(cut, "layer1.1.add")).isEqualTo(unionWidth(network, mask, stage1));
    assertThat(cut.network().nodes(Add.class)).isEmpty();
    assertThat(OperationCount.of(cut.network()).macs())
        .isLessThan(OperationCount.of(cut(network, mask, GroupRule.UNION).network()).macs());
  }

  @Test
  void readGatesOfPreActivationNetworksSelectAndNeverCutTheStream() {
    Network network = Networks.named("preresnet-20", 10, 16);
    Mask mask = random(network, 0.6, 6);
    for (GroupRule rule : List.of(GroupRule.INNER_ONLY, GroupRule.UNION, GroupRule.SCATTER)) {
      Cut cut = cut(network, mask, rule);
      for (BatchNorm norm : network.nodes(BatchNorm.class)) {
        int kept = layer(network, mask, norm.name()).keptCount();
        assertThat(width(cut, norm.name())).as(norm.name()).isEqualTo(kept);
      }
      for (Add add : network.nodes(Add.class)) {
        assertThat(width(cut, add.name())).isEqualTo(network.shape(add.name()).channels());
      }
      // One gate for each of the six blocks, and the last batch norm.
      assertThat(cut.network().nodes(ChannelSelect.class)).hasSize(7);
      assertThat(cut.zeroed().isEmpty()).isTrue();
      assertThat(width(cut, "conv1")).isEqualTo(16);
    }
  }

  /** The stage of specification 2.6: stem 1010, first block 1100, second block 0100. */
  private static Network exampleStage() {
    return new Network(
        "stage",
        List.of(
            new Input("input", new Shape(3, 4, 4)),
            new Convolution("conv", "input", 4, 1, 1, 0),
            new BatchNorm("stem", "conv", 1),
            new Relu("relu0", "stem"),
            new Convolution("b0.conv1", "relu0", 3, 1, 1, 0),
            new BatchNorm("b0.inner", "b0.conv1", 1),
            new Relu("b0.relu", "b0.inner"),
            new Convolution("b0.conv2", "b0.relu", 4, 1, 1, 0),
            new BatchNorm("b0.out", "b0.conv2", 1),
            new Add("add0", List.of("b0.out", "relu0")),
            new Relu("relu1", "add0"),
            new Convolution("b1.conv1", "relu1", 3, 1, 1, 0),
            new BatchNorm("b1.inner", "b1.conv1", 1),
            new Relu("b1.relu", "b1.inner"),
            new Convolution("b1.conv2", "b1.relu", 4, 1, 1, 0),
            new BatchNorm("b1.out", "b1.conv2", 1),
            new Add("add1", List.of("b1.out", "relu1")),
            new Relu("relu2", "add1"),
            new AveragePool("pool", "relu2", 4, 4, false),
            new Linear("fc", "pool", 2, Linear.Initial.UNIFORM_FAN_IN)));
  }

  /** stem 1010, b0.inner 111, b0.out 1100, b1.inner 111, b1.out 0100. */
  private static Mask exampleMask() {
    BitSet kept = new BitSet();
    String digits = "1010" + "111" + "1100" + "111" + "0100";
    for (int i = 0; i < digits.length(); i++) {
      kept.set(i, digits.charAt(i) == '1');
    }
    return Mask.of(kept, digits.length());
  }

  @Test
  void onlyTheThirdChannelOfTheExampleStageGoes() {
    Cut cut = cut(exampleStage(), exampleMask(), GroupRule.UNION);
    assertThat(width(cut, "relu1")).isEqualTo(3);
    assertThat(cut.keptChannels())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("stem", 3, "b0.inner", 3, "b0.out", 3, "b1.inner", 3, "b1.out", 3));
    // Channels of conv: 0, 1, 2 of the dense one; 3 is masked by all.
    int weight = ParameterLayout.of(cut.network()).entry("b1.conv1.weight").offset();
    int dense = ParameterLayout.of(exampleStage()).entry("b1.conv1.weight").offset();
    assertThat(cut.source(weight + 2)).isEqualTo(dense + 2);
    assertThat(cut.source(weight + 3)).isEqualTo(dense + 4);
    // stem 1, b0.out 2, b1.out 0 and 2 stay as zeroed gamma and beta.
    assertThat(cut.zeroed().count()).isEqualTo(2 * (1 + 1 + 2));
  }

  @Test
  void streamChannelAliveThroughTheStemIsWhatTheOfficialSelectionLoses() {
    Network network = exampleStage();
    Parameters parameters = RandomValues.gammas(network, 8);
    parameters.slice("stem.bias").put(2, 0.7f);
    parameters.slice("b1.conv1.weight").put(2, 3);
    Cut cut = ChannelSurgery.cut(network, parameters, exampleMask(), SurgeryOptions.defaults());
    ReferenceReplica replica = new ReferenceReplica(cut.network());
    replica.load(cut.parameters(parameters), cut.momentum(parameters));
    Batch batch = RandomBatches.of(network, 1, 3);
    double[] stream = replica.activation(batch, "relu1", Mode.EVALUATION);
    assertThat(stream[2 * 16]).isEqualTo(0.7f);
    // Filter 0 of b1.conv1 reads it with weight 3; the official selection {0, 1} does not.
    assertThat(replica.activation(batch, "b1.conv1", Mode.EVALUATION)[0])
        .isEqualTo(3 * (double) 0.7f);
  }

  @Test
  void officialSelectionForResnet18LosesTheStreamsOtherChannels() {
    Network network = exampleStage();
    Parameters parameters = RandomValues.parameters(network, 8);
    Cut cut = ChannelSurgery.cut(network, parameters, exampleMask(), SurgeryOptions.defaults());
    Parameters masked = parameters.copy();
    cut.masked().zero(masked.values());
    double[] expected = logits(network, masked, network);

    // The authors' code feeds the second block with the channels that b0.out keeps: 0 and 1. The
    // stream is relu(b0.out + stem), and its channel 2 is alive through the stem.
    Parameters official = masked.copy();
    ParameterLayout.Entry conv = official.layout().entry("b1.conv1.weight");
    for (int o = 0; o < 3; o++) {
      official.values()[conv.offset() + 4 * o + 2] = 0;
      official.values()[conv.offset() + 4 * o + 3] = 0;
    }
    assertThat(logits(network, official, network)[0]).isNotCloseTo(expected[0], offset());
    double[] ours = logits(cut.network(), cut.parameters(parameters), network);
    assertThat(ours[0]).isCloseTo(expected[0], offset());
  }

  private static Offset<Double> offset() {
    return within(1e-9);
  }

  private static double[] logits(Network network, Parameters parameters, Network images) {
    ReferenceReplica replica = new ReferenceReplica(network);
    replica.load(parameters, Parameters.zeros(parameters.layout()));
    return replica.activation(RandomBatches.of(images, 1, 3), "fc", Mode.EVALUATION);
  }

  @Test
  void emptiedLayerKeepsItsLargestChannelWithItsValues() {
    Network network = exampleStage();
    Parameters parameters = RandomValues.parameters(network, 9);
    parameters.slice("b0.inner.weight").put(new float[] {0.3f, -0.9f, 0.9f});
    BitSet kept = exampleMask().toBitSet();
    kept.clear(4, 7);
    Mask mask = Mask.of(kept, 18);
    Cut cut = ChannelSurgery.cut(network, parameters, mask, SurgeryOptions.defaults());
    assertThat(width(cut, "b0.inner")).isEqualTo(1);
    assertThat(cut.parameters(parameters).slice("b0.inner.weight").get(0)).isEqualTo(-0.9f);
    assertThat(cut.masked().holds(parameters.layout().entry("b0.inner.weight").offset() + 1))
        .as("the masked dense network keeps it too")
        .isFalse();
  }

  @Test
  void emptiedLayerMayKeepAZeroedChannelInstead() {
    Network network = exampleStage();
    Parameters parameters = RandomValues.parameters(network, 9);
    BitSet kept = exampleMask().toBitSet();
    kept.clear(4, 7);
    SurgeryOptions options =
        new SurgeryOptions(GroupRule.UNION, Zeroed.FROZEN, MinimumWidth.KEEP_ZEROED, 1);
    Cut cut = ChannelSurgery.cut(network, parameters, Mask.of(kept, 18), options);
    assertThat(width(cut, "b0.inner")).isEqualTo(1);
    int gamma = ParameterLayout.of(cut.network()).entry("b0.inner.weight").offset();
    assertThat(cut.source(gamma)).isEqualTo(parameters.layout().entry("b0.inner.weight").offset());
    assertThat(cut.zeroed().holds(gamma)).isTrue();
    assertThat(cut.parameters(parameters).slice("b0.inner.weight").get(0)).isZero();
    assertThat(cut.parameters(parameters).slice("b0.inner.bias").get(0)).isZero();
  }

  @Test
  void emptiedStreamKeepsTheChannelOfTheLargestMember() {
    Network network = exampleStage();
    Parameters parameters = RandomValues.parameters(network, 10);
    parameters.slice("stem.weight").put(new float[] {0.1f, 0.2f, 0.3f, 0.4f});
    parameters.slice("b0.out.weight").put(new float[] {0.1f, -0.8f, 0.3f, 0.4f});
    parameters.slice("b1.out.weight").put(new float[] {0.5f, 0.2f, 0.3f, 0.4f});
    BitSet inner = new BitSet();
    inner.set(4, 7);
    inner.set(11, 14);
    Cut cut =
        ChannelSurgery.cut(network, parameters, Mask.of(inner, 18), SurgeryOptions.defaults());
    assertThat(width(cut, "relu2")).isEqualTo(1);
    assertThat(cut.parameters(parameters).slice("b1.out.weight").get(0)).isEqualTo(0.2f);
    assertThat(cut.zeroed().isEmpty()).isTrue();
  }

  @Test
  void trainableMembersStartAtZeroAndAreNotHeld() {
    Network network = exampleStage();
    Parameters parameters = RandomValues.parameters(network, 11);
    SurgeryOptions options =
        new SurgeryOptions(GroupRule.UNION, Zeroed.TRAINABLE, MinimumWidth.KEEP_LARGEST, 1);
    Cut cut = ChannelSurgery.cut(network, parameters, exampleMask(), options);
    assertThat(cut.zeroed().isEmpty()).isFalse();
    assertThat(cut.held(HeldEntries.none()).isEmpty()).isTrue();
    int first = cut.zeroed().next(0);
    assertThat(cut.parameters(parameters).values()[first]).isZero();
    Parameters momentum = RandomValues.momentum(network, 11);
    assertThat(cut.momentum(momentum).values()[first]).isZero();
  }

  @Test
  void heldEntriesOfTheDenseNetworkMoveWithTheirValues() {
    Network network = exampleStage();
    Parameters parameters = RandomValues.parameters(network, 12);
    int weight = parameters.layout().entry("b1.conv1.weight").offset();
    BitSet held = new BitSet();
    held.set(weight + 4);
    held.set(weight + 7);
    Cut cut = cut(network, exampleMask(), GroupRule.UNION);
    int small = ParameterLayout.of(cut.network()).entry("b1.conv1.weight").offset();
    HeldEntries moved = cut.held(HeldEntries.of(held));
    assertThat(moved.holds(small + 3)).isTrue();
    assertThat(moved.count()).isEqualTo(1 + cut.zeroed().count());
  }

  @Test
  void keptWidthsAreRoundedUpWithTheNextMostImportantChannels() {
    for (GroupRule rule : List.of(GroupRule.INNER_ONLY, GroupRule.UNION, GroupRule.SCATTER)) {
      Network network = Networks.named("resnet50", 10, 32);
      Mask mask = random(network, 0.7, 13);
      Parameters parameters = RandomValues.gammas(network, 13);
      SurgeryOptions options =
          new SurgeryOptions(rule, Zeroed.FROZEN, MinimumWidth.KEEP_LARGEST, 16);
      Cut cut = ChannelSurgery.cut(network, parameters, mask, options);
      for (BatchNorm norm : network.nodes(BatchNorm.class)) {
        assertThat(width(cut, norm.name()) % 16).as(rule + " " + norm.name()).isZero();
      }
      assertThat(width(cut, "layer1.0.bn1"))
          .isEqualTo((layer(network, mask, "layer1.0.bn1").keptCount() + 15) / 16 * 16);
    }
  }

  @Test
  void channelsThatComeBackAreTheMostImportantOnesAndKeepTheirValues() {
    Network network = exampleStage();
    Parameters parameters = RandomValues.parameters(network, 14);
    parameters.slice("b0.inner.weight").put(new float[] {0.9f, 0.2f, 0.7f});
    BitSet kept = exampleMask().toBitSet();
    kept.clear(5, 7);
    SurgeryOptions options =
        new SurgeryOptions(GroupRule.UNION, Zeroed.FROZEN, MinimumWidth.KEEP_LARGEST, 2);
    Cut cut = ChannelSurgery.cut(network, parameters, Mask.of(kept, 18), options);
    float[] gammas = new float[2];
    cut.parameters(parameters).slice("b0.inner.weight").get(gammas);
    assertThat(gammas).containsExactly(0.9f, 0.7f);
    assertThat(width(cut, "b1.inner")).as("rounding stops at the whole layer").isEqualTo(3);
  }

  @Test
  void fullMaskChangesNothing() {
    Network network = Networks.named("preresnet-20", 10, 16);
    Mask all = random(network, -1, 1);
    for (GroupRule rule : List.of(GroupRule.INNER_ONLY, GroupRule.UNION, GroupRule.SCATTER)) {
      assertThat(cut(network, all, rule).network()).isEqualTo(network);
    }
  }

  @Test
  void maskOfAnotherNetworkIsRefused() {
    assertThatThrownBy(() -> cut(exampleStage(), Mask.of(new BitSet(), 17), GroupRule.UNION))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mask of 17 channels")
        .hasMessageContaining("18 batch-norm channels");
  }

  @Test
  void surgeryOfResnet50IsFast() {
    Network network = Networks.named("resnet50");
    Parameters parameters = RandomValues.gammas(network, 15);
    Mask mask = random(network, 0.5, 15);
    SurgeryOptions options =
        new SurgeryOptions(GroupRule.SCATTER, Zeroed.FROZEN, MinimumWidth.KEEP_LARGEST, 16);
    long start = System.nanoTime();
    Cut cut = ChannelSurgery.cut(network, parameters, mask, options);
    Parameters small = cut.parameters(parameters);
    long nanos = System.nanoTime() - start;
    assertThat(small.values().length).isLessThan(parameters.values().length);
    assertThat(nanos).as("nanoseconds, a loaded machine allowed for").isLessThan(10_000_000_000L);
  }
}
