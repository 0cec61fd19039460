package io.earlybird.examples;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.cost.OperationCount;
import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Engines;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.ReplicaRequest;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.pruning.mask.ChannelRanking;
import io.earlybird.pruning.mask.ChannelScores;
import io.earlybird.pruning.mask.Mask;
import io.earlybird.pruning.mask.MaskRule;
import io.earlybird.pruning.surgery.ChannelSurgery;
import io.earlybird.pruning.surgery.Cut;
import io.earlybird.pruning.surgery.SurgeryOptions;
import java.util.List;

/** Trains a network, cuts half of its channels out and trains what is left, in one process. */
record PruneAndTrain(OperationCount before, OperationCount after, double loss) {
  static PruneAndTrain on(List<Batch> batches) {
    Network dense = Networks.named("demo", 10, 32);
    Parameters values = Initialization.draw(dense, 1);
    Parameters momentum = Parameters.zeros(values.layout());
    StepRule rule = StepRule.sgd(0.05, 0.9, 1e-4).withGammaL1(1e-4);
    train(dense, values, momentum, rule, batches);

    Mask mask = ChannelRanking.of(ChannelScores.of(dense, values)).mask(0.5, MaskRule.EXACT_K);
    Cut cut = ChannelSurgery.cut(dense, values, mask, SurgeryOptions.defaults());
    Network small = cut.network();
    StepRule held = rule.withHeld(cut.held(HeldEntries.none()));
    double loss = train(small, cut.parameters(values), cut.momentum(momentum), held, batches);
    return new PruneAndTrain(OperationCount.of(dense), OperationCount.of(small), loss);
  }

  /** Trains on each batch once; {@code values} and {@code momentum} are changed. */
  private static double train(
      Network network, Parameters values, Parameters momentum, StepRule rule, List<Batch> batches) {
    double loss = Double.NaN;
    try (Replica replica = Engines.named("dl4j").open(ReplicaRequest.cpu(network))) {
      replica.load(values, momentum);
      for (Batch batch : batches) {
        loss = replica.step(batch, rule).loss();
      }
      replica.readParameters(values);
      replica.readMomentum(momentum);
    }
    return loss;
  }
}
