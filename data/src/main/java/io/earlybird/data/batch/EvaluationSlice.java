package io.earlybird.data.batch;

import io.earlybird.data.order.SampleId;
import io.earlybird.data.shard.ShardSet;
import java.io.Serializable;
import java.util.Arrays;

/**
 * One of {@code parts} consecutive parts of a data set in the order of its shards; together they
 * hold every sample once.
 *
 * @param part from 0 to parts - 1
 * @param parts at least 1; may be more than there are samples
 * @param batchSize largest number of images in a batch, at least 1
 */
public record EvaluationSlice(int part, int parts, int batchSize) implements Serializable {
  public EvaluationSlice {
    if (part < 0 || part >= parts || batchSize < 1) {
      throw new IllegalArgumentException(
          "Invalid evaluation slice: part " + part + " of " + parts + ", batch " + batchSize);
    }
  }

  BatchPlan plan(ShardSet set) {
    int[] samples = set.samplesPerShard();
    long[] ends = new long[samples.length];
    long total = 0;
    for (int shard = 0; shard < samples.length; shard++) {
      total += samples[shard];
      ends[shard] = total;
    }
    long from = Math.multiplyExact(total, (long) part) / parts;
    long to = Math.multiplyExact(total, (long) part + 1) / parts;
    return new Plan(ends, from, to, batchSize);
  }

  private static final class Plan implements BatchPlan {
    private final long[] ends;
    private final long from;
    private final long to;
    private final int batchSize;

    Plan(long[] ends, long from, long to, int batchSize) {
      this.ends = ends;
      this.from = from;
      this.to = to;
      this.batchSize = batchSize;
    }

    @Override
    public int firstStep() {
      return 0;
    }

    @Override
    public int endStep() {
      return Math.toIntExact((to - from + batchSize - 1) / batchSize);
    }

    @Override
    public int maxSize() {
      return batchSize;
    }

    @Override
    public int size(int step) {
      return (int) Math.min(batchSize, to - from - (long) step * batchSize);
    }

    @Override
    public SampleId sample(int step, int i) {
      long position = from + (long) step * batchSize + i;
      int found = Arrays.binarySearch(ends, position);
      int shard = found >= 0 ? found + 1 : -found - 1;
      long first = shard == 0 ? 0 : ends[shard - 1];
      return new SampleId(shard, (int) (position - first));
    }

    @Override
    public Treatment treatment() {
      return new Treatment.Evaluation();
    }
  }
}
