package io.earlybird.engine.torch;

import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.ReplicaRequest;
import io.earlybird.model.network.Network;
import io.earlybird.pruning.parity.NormalizedProductParity;

class NormalizedProductParityTest extends NormalizedProductParity {
  @Override
  protected Replica open(Network network) {
    return new TorchEngine().open(ReplicaRequest.cpu(network));
  }
}
