package io.earlybird.spark.round;

import io.earlybird.model.engine.Batch;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.NetworkJson;
import io.earlybird.model.random.Seeds;
import io.earlybird.model.reference.RandomBatches;
import java.util.List;
import java.util.Optional;

/**
 * Batches drawn from the number of epoch, step and replica, without files: every replica has {@code
 * batchSize} samples in each step but the last, in which the last replica has none and the others
 * have one less.
 */
record DrawnBatches(String networkJson, int replicas, int batchSize, int stepsPerEpoch)
    implements BatchSource {
  private static final long serialVersionUID = 1;

  @Override
  public ReplicaBatches open(int epoch, int replica, int from, int to) {
    return new Drawn(this, NetworkJson.read(networkJson), epoch, replica, from);
  }

  int size(int step, int replica) {
    if (step < stepsPerEpoch - 1) {
      return batchSize;
    }
    return replica == replicas - 1 ? 0 : batchSize - 1;
  }

  Batch batch(Network network, int epoch, int step, int replica) {
    return RandomBatches.of(network, size(step, replica), Seeds.derive(1, epoch, step, replica));
  }

  private static final class Drawn implements ReplicaBatches {
    private final DrawnBatches source;
    private final Network network;
    private final int epoch;
    private final int replica;
    private int step;

    Drawn(DrawnBatches source, Network network, int epoch, int replica, int from) {
      this.source = source;
      this.network = network;
      this.epoch = epoch;
      this.replica = replica;
      this.step = from;
    }

    @Override
    public Optional<Batch> next() {
      int current = step++;
      return source.size(current, replica) == 0
          ? Optional.empty()
          : Optional.of(source.batch(network, epoch, current, replica));
    }

    @Override
    public List<String> undecodable() {
      return List.of();
    }

    @Override
    public void close() {}
  }
}
