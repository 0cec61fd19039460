package io.earlybird.engine.dl4j;

import io.earlybird.engine.dl4j.kernels.HostThreads;
import io.earlybird.engine.dl4j.nd4j.Nd4jKernels;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.network.Network;
import io.earlybird.pruning.parity.NodeParity;

class Nd4jParityTest extends NodeParity {
  @Override
  protected Replica open(Network network) {
    return new Dl4jReplica(network, HostThreads.one(), new Nd4jKernels());
  }
}
