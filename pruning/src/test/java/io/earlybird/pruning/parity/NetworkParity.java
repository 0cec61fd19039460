package io.earlybird.pruning.parity;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Network;
import io.earlybird.model.reference.RandomBatches;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An engine against the reference engine, network by network. */
public abstract class NetworkParity {
  private static final String CASES = "io.earlybird.pruning.parity.NetworkCases#";

  /** Opens a replica in float32. */
  protected abstract Replica open(Network network);

  @ParameterizedTest
  @MethodSource(CASES + "narrow")
  void twentyStepsOfNarrowNetworksAgree(ParityCase parity) {
    Parity.ofTraining(this::open, 1, 20).assertAgreesWithReference(parity);
  }

  @ParameterizedTest
  @MethodSource(CASES + "cut")
  void aStepOfCutNetworksAgrees(ParityCase parity) {
    Parity.ofTraining(this::open, 1).assertAgreesWithReference(parity);
  }

  @ParameterizedTest
  @MethodSource(CASES + "ofOneImage")
  void stepsOfOneImageAgree(ParityCase parity) {
    Parity.ofTraining(this::open, 1, 3).assertAgreesWithReference(parity);
  }

  @ParameterizedTest
  @MethodSource(CASES + "ofOnePixel")
  void oneValueAChannelIsEvaluatedButNotTrained(ParityCase parity) {
    Parity.ofEvaluation(this::open).assertAgreesWithReference(parity);
    try (Replica replica = open(parity.dense())) {
      assertThatThrownBy(
              () -> replica.step(RandomBatches.of(parity.dense(), 1, 0), StepRule.sgd(0.1, 0.9, 0)))
          .isInstanceOf(IllegalArgumentException.class)
          .message()
          .containsAnyOf(names(parity.dense()));
    }
  }

  private static String[] names(Network network) {
    return network.nodes(BatchNorm.class).stream().map(BatchNorm::name).toArray(String[]::new);
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource(CASES + "wide")
  void aStepOfWideCutNetworksAgrees(ParityCase parity) {
    Parity.ofTraining(this::open, 1).assertAgreesWithReference(parity);
  }

  /** Those of wide networks are judged engine by engine. */
  @Tag("slow")
  @ParameterizedTest
  @MethodSource(CASES + "allButWide")
  void twentyStepsOfAllNetworksButWideOnesAgree(ParityCase parity) {
    Parity.ofTraining(this::open, 1, 20).assertAgreesWithReference(parity);
  }
}
