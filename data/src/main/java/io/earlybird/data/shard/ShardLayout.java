package io.earlybird.data.shard;

import io.earlybird.data.order.Permutations;
import io.earlybird.model.random.Seeds;
import java.util.Arrays;

/**
 * Deals the samples of a source to shards by one seeded permutation of all of them, so that no
 * shard is sorted by class.
 *
 * <p>Shard s of S holds places floor(s N / S) to floor((s + 1) N / S) - 1 of the permutation: sizes
 * differ by at most one.
 */
public final class ShardLayout {
  /** A multiple of the default number of streams, so that streams are equally long. */
  private static final int SHARD_STEP = 64;

  private static final int SAMPLES_PER_SHARD = 1250;
  private static final int MIN_SAMPLES_PER_SHARD = 8;

  private final int[] order;
  private final int shards;

  /**
   * A layout.
   *
   * @param samples N, at least 1
   * @param shards S, from 1 to N
   */
  public ShardLayout(int samples, int shards, long seed) {
    if (shards < 1 || shards > samples) {
      throw new IllegalArgumentException(
          "Cannot deal "
              + samples
              + " samples to "
              + shards
              + " shards: each shard needs at least one sample");
    }
    this.shards = shards;
    this.order = Permutations.draw(samples, Seeds.random(Seeds.derive(seed, "shards")));
  }

  /**
   * Number of shards for so many samples when nothing else is said: a multiple of 64 with at most
   * 1250 samples in each, fewer where shards would have less than 8.
   */
  public static int defaultShards(int samples) {
    int wanted = (samples + SAMPLES_PER_SHARD - 1) / SAMPLES_PER_SHARD;
    int rounded = (wanted + SHARD_STEP - 1) / SHARD_STEP * SHARD_STEP;
    return Math.max(1, Math.min(rounded, samples / MIN_SAMPLES_PER_SHARD));
  }

  /** Number of shards, S. */
  public int shards() {
    return shards;
  }

  /** Samples of a shard, as indexes into the source, in the order of the shard. */
  public int[] samples(int shard) {
    return Arrays.copyOfRange(order, first(shard), first(shard + 1));
  }

  /** Place in the permutation of the first sample of a shard. */
  int first(int shard) {
    return (int) ((long) shard * order.length / shards);
  }
}
