package io.earlybird.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.model.engine.Engine;
import io.earlybird.model.engine.Engines;
import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.ReplicaRequest;
import io.earlybird.model.network.Network;
import io.earlybird.pruning.parity.NetworkCases;
import io.earlybird.pruning.parity.Parity;
import io.earlybird.pruning.parity.ParityCase;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Engine against engine, all that are on the class path, where the reference engine would take too
 * long.
 */
@Tag("own-jvm")
class EngineParityTest {
  static Stream<ParityCase> deepOrWide() {
    return NetworkCases.deepOrWide();
  }

  static Stream<ParityCase> bearingManySteps() {
    return Stream.concat(NetworkCases.bearingManySteps(), NetworkCases.ofDataSetSize());
  }

  static Stream<ParityCase> bearingFiveSteps() {
    return NetworkCases.bearingFiveSteps();
  }

  static Stream<ParityCase> bearingOneStep() {
    return NetworkCases.bearingOneStep();
  }

  @Test
  void bothEnginesAreOnTheClassPath() {
    assertThat(engines()).extracting(Engine::name).containsExactlyInAnyOrder("dl4j", "torch");
  }

  @ParameterizedTest
  @MethodSource("deepOrWide")
  void aStepOfDeepOrWideNetworksAgrees(ParityCase parity) {
    eachPair((one, other) -> Parity.ofTraining(one, 1).assertAgrees(parity, other));
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("bearingManySteps")
  void twentyStepsOfNetworksThatBearThemAgree(ParityCase parity) {
    eachPair((one, other) -> Parity.ofTraining(one, 1, 20).assertAgrees(parity, other));
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("bearingFiveSteps")
  void fiveStepsOfNetworksThatBearThemAgree(ParityCase parity) {
    eachPair((one, other) -> Parity.ofTraining(one, 1, 5).assertAgrees(parity, other));
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("bearingOneStep")
  void aStepOfTheChainAgrees(ParityCase parity) {
    eachPair((one, other) -> Parity.ofTraining(one, 1).assertAgrees(parity, other));
  }

  /** Those that train in float32: the reference engine, a test artifact, does not. */
  private static List<Engine> engines() {
    return Engines.all().stream()
        .filter(engine -> engine.precisions().contains(Precision.FLOAT32))
        .toList();
  }

  private static void eachPair(
      BiConsumer<Function<Network, Replica>, Function<Network, Replica>> comparison) {
    List<Engine> engines = engines();
    for (int i = 0; i < engines.size(); i++) {
      for (int j = i + 1; j < engines.size(); j++) {
        comparison.accept(opener(engines.get(i)), opener(engines.get(j)));
      }
    }
  }

  private static Function<Network, Replica> opener(Engine engine) {
    return network -> engine.open(ReplicaRequest.cpu(network));
  }
}
