package io.earlybird.spark.round;

import io.earlybird.data.batch.ReadReport;
import io.earlybird.model.engine.Batch;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.NetworkJson;
import io.earlybird.model.random.Seeds;
import io.earlybird.model.reference.RandomBatches;
import io.earlybird.spark.batches.BatchStream;
import io.earlybird.spark.batches.TrainingData;

/**
 * Batches drawn from the number of epoch, step and replica, without files: every replica has {@code
 * batchSize} samples in each step but the last, in which the last replica has none and the others
 * have one less.
 */
public record DrawnBatches(String networkJson, int replicas, int batchSize, int stepsPerEpoch)
    implements TrainingData {
  private static final long serialVersionUID = 1;

  @Override
  public BatchStream open(int epoch, int replica, int from, int to) {
    return new Drawn(this, epoch, replica, from, to);
  }

  @Override
  public long samples() {
    return (long) replicas * batchSize * (stepsPerEpoch - 1)
        + (long) (replicas - 1) * (batchSize - 1);
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

  private static final class Drawn implements BatchStream {
    private final DrawnBatches data;
    private final Network network;
    private final int epoch;
    private final int replica;
    private final int to;
    private int step;

    Drawn(DrawnBatches data, int epoch, int replica, int from, int to) {
      this.data = data;
      this.network = NetworkJson.read(data.networkJson);
      this.epoch = epoch;
      this.replica = replica;
      this.to = to;
      this.step = from - 1;
    }

    @Override
    public boolean next() {
      do {
        step++;
      } while (step < to && data.size(step, replica) == 0);
      return step < to;
    }

    @Override
    public int step() {
      return step;
    }

    @Override
    public Batch batch() {
      return data.batch(network, epoch, step, replica);
    }

    @Override
    public ReadReport report() {
      return ReadReport.NONE;
    }

    @Override
    public void close() {}
  }
}
