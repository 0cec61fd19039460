package io.earlybird.benchmarks.rounds;

import io.earlybird.data.batch.ReadReport;
import io.earlybird.model.engine.Batch;
import io.earlybird.model.network.Shape;
import io.earlybird.spark.batches.BatchStream;
import io.earlybird.spark.batches.TrainingData;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * One sample for each replica, of one pixel: the number of the replica, counted from 1.
 *
 * @param replicas R
 */
record ReplicaNumbers(int replicas) implements TrainingData {
  private static final long serialVersionUID = 1;
  private static final Shape PIXEL = new Shape(1, 1, 1);

  @Override
  public long samples() {
    return replicas;
  }

  @Override
  public int stepsPerEpoch() {
    return 1;
  }

  @Override
  public BatchStream open(int epoch, int replica, int from, int to) {
    return new OneBatch(
        new Batch(1, PIXEL, FloatBuffer.wrap(new float[] {replica + 1}), new int[1]));
  }

  private static final class OneBatch implements BatchStream {
    private final Batch batch;
    private boolean begun;

    OneBatch(Batch batch) {
      this.batch = batch;
    }

    @Override
    public boolean next() {
      boolean first = !begun;
      begun = true;
      return first;
    }

    @Override
    public int step() {
      return 0;
    }

    @Override
    public Batch batch() {
      return batch;
    }

    @Override
    public ReadReport report() {
      return new ReadReport(1, 0, List.of(), 0, 0);
    }

    @Override
    public void close() {}
  }
}
