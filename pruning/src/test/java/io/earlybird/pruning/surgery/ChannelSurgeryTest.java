package io.earlybird.pruning.surgery;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.NetworkJson;
import io.earlybird.model.network.Node;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.pruning.mask.Mask;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChannelSurgeryTest {
  private static final List<GroupRule> PRESERVING =
      List.of(GroupRule.INNER_ONLY, GroupRule.UNION, GroupRule.SCATTER);

  static Stream<Arguments> randomNetworks() {
    return LongStream.range(0, 120)
        .boxed()
        .flatMap(seed -> PRESERVING.stream().map(rule -> Arguments.of(seed, rule)));
  }

  @ParameterizedTest(name = "seed {0}, {1}")
  @MethodSource("randomNetworks")
  void randomNetworkComputesTheMaskedDenseFunction(long seed, GroupRule rule) {
    Network network = RandomNetworks.of(seed);
    SurgeryOptions options =
        new SurgeryOptions(
            rule, Zeroed.FROZEN, MinimumWidth.values()[(int) (seed % 2)], seed % 3 == 0 ? 2 : 1);
    Parameters parameters = RandomValues.parameters(network, seed);
    Mask mask = RandomValues.maskWithEmptyLayers(network, 0.2 + 0.1 * (seed % 7), seed);
    Cut cut = ChannelSurgery.cut(network, parameters, mask, options);
    MaskedDense.assertEqual(network, cut, seed, 3, 3);
  }

  @ParameterizedTest(name = "seed {0}, {1}")
  @MethodSource("randomNetworks")
  void cutNetworkCanBeCutAgain(long seed, GroupRule rule) {
    Network network = RandomNetworks.of(seed);
    Parameters parameters = RandomValues.parameters(network, seed);
    Mask first = RandomValues.maskWithEmptyLayers(network, 0.3, seed);
    SurgeryOptions options = SurgeryOptions.defaults().withRule(rule);
    Cut once = ChannelSurgery.cut(network, parameters, first, options);
    Parameters small = RandomValues.parameters(once.network(), seed + 1);
    Mask second = RandomValues.maskWithEmptyLayers(once.network(), 0.5, seed + 1);
    GroupRule other = PRESERVING.get((int) (seed % PRESERVING.size()));
    Cut twice = ChannelSurgery.cut(once.network(), small, second, options.withRule(other));
    MaskedDense.assertEqual(once.network(), twice, seed + 1, 2, 1);
    assertThat(NetworkJson.read(NetworkJson.write(twice.network()))).isEqualTo(twice.network());
  }

  static Stream<Arguments> namedNetworks() {
    return Stream.of(
            Arguments.of("vgg16-cifar", 16),
            Arguments.of("preresnet-101", 8),
            Arguments.of("resnet18", 32),
            Arguments.of("resnet18-cifar", 8),
            Arguments.of("resnet50", 32))
        .flatMap(
            known ->
                PRESERVING.stream()
                    .map(rule -> Arguments.of(known.get()[0], known.get()[1], rule)));
  }

  @ParameterizedTest(name = "{0} at {1}, {2}")
  @MethodSource("namedNetworks")
  void narrowNamedNetworkComputesTheMaskedDenseFunction(
      String name, int imageSize, GroupRule rule) {
    Network network = narrowed(Networks.named(name, 10, imageSize), 8);
    for (long seed = 1; seed <= 3; seed++) {
      assertComputesTheMaskedDenseFunction(network, rule, seed);
    }
  }

  @Tag("slow")
  @ParameterizedTest(name = "{0} at {1}, {2}")
  @MethodSource("namedNetworks")
  void namedNetworkComputesTheMaskedDenseFunction(String name, int imageSize, GroupRule rule) {
    assertComputesTheMaskedDenseFunction(Networks.named(name, 10, imageSize), rule, 7);
  }

  private static void assertComputesTheMaskedDenseFunction(
      Network network, GroupRule rule, long seed) {
    MaskedDense.assertEqual(network, cut(network, rule, seed), seed, 2, 2);
  }

  /** The values are not kept: the large networks need the room. */
  private static Cut cut(Network network, GroupRule rule, long seed) {
    Mask mask = RandomValues.maskWithEmptyLayers(network, 0.6, seed);
    return ChannelSurgery.cut(
        network,
        RandomValues.parameters(network, seed),
        mask,
        SurgeryOptions.defaults().withRule(rule));
  }

  /** The same graph with a fraction of the channels. */
  private static Network narrowed(Network network, int divisor) {
    List<Node> nodes = new ArrayList<>();
    for (Node node : network.nodes()) {
      nodes.add(
          node instanceof Convolution convolution
              ? convolution.withOutChannels(Math.max(3, convolution.outChannels() / divisor))
              : node);
    }
    return new Network(network.name(), nodes);
  }
}
