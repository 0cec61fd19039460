package io.earlybird.pruning.surgery;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.pruning.mask.Mask;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
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
    MaskedDense.assertEqual(network, cut, parameters, seed, 3, 3);
  }

  static Stream<Arguments> namedNetworks() {
    return Stream.of(
            Arguments.of("vgg16-cifar", 16),
            Arguments.of("preresnet-20", 16),
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
  void namedNetworkComputesTheMaskedDenseFunction(String name, int imageSize, GroupRule rule) {
    Network network = Networks.named(name, 10, imageSize);
    Parameters parameters = RandomValues.parameters(network, 7);
    Mask mask = RandomValues.maskWithEmptyLayers(network, 0.6, 7);
    Cut cut =
        ChannelSurgery.cut(network, parameters, mask, SurgeryOptions.defaults().withRule(rule));
    MaskedDense.assertEqual(network, cut, parameters, 7, 2, 2);
    assertThat(cut.network().name()).isEqualTo(name);
  }
}
