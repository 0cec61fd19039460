package io.earlybird.pruning.parity;

import io.earlybird.model.engine.Replica;
import io.earlybird.model.network.Network;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An engine against the reference engine, node kind by node kind. */
public abstract class NodeParity {
  /** Opens a replica in float32. */
  protected abstract Replica open(Network network);

  static Stream<ParityCase> cases() {
    return NodeNetworks.all().map(network -> ParityCase.dense(network, 5, 5, 2));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void twentyStepsAgreeWithTheReferenceEngine(ParityCase parity) {
    Parity.ofTraining(this::open, 1, 20).assertAgreesWithReference(parity);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void oneImageAgreesWithTheReferenceEngine(ParityCase parity) {
    Parity.ofTraining(this::open, 1).assertAgreesWithReference(ParityCase.dense(parity.dense(), 1));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyActivationAgreesWithTheReferenceEngine(ParityCase parity) {
    Parity.ofActivations(this::open).assertAgreesWithReference(parity);
  }

  @Test
  void wideConvolutionsAgreeWithTheReferenceEngine() {
    Parity.ofTraining(this::open, 1)
        .assertAgreesWithReference(ParityCase.dense(NodeNetworks.wide(), 20));
  }
}
