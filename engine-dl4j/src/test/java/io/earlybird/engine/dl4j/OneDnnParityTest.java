package io.earlybird.engine.dl4j;

import io.earlybird.engine.dl4j.onednn.OneDnnKernels;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.network.Network;
import io.earlybird.pruning.parity.NodeParity;

class OneDnnParityTest extends NodeParity {
  @Override
  protected Replica open(Network network) {
    return new Dl4jReplica(network, 1, new OneDnnKernels());
  }
}
