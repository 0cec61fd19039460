package io.earlybird.engine.dl4j;

import io.earlybird.engine.dl4j.kernels.HostThreads;
import io.earlybird.engine.dl4j.onednn.OneDnnKernels;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.network.Network;
import io.earlybird.pruning.parity.NodeParity;
import org.nd4j.linalg.api.buffer.DataType;

class OneDnnParityTest extends NodeParity {
  @Override
  protected Replica open(Network network) {
    return new Dl4jReplica(
        network, HostThreads.one(), new OneDnnKernels(DataType.FLOAT, HostThreads.one()));
  }
}
