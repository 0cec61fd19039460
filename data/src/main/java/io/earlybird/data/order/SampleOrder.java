package io.earlybird.data.order;

import io.earlybird.model.random.Seeds;
import java.util.Arrays;

/**
 * The order of one epoch: a permutation of all samples with random access.
 *
 * <p>The shards are permuted and dealt in turn to K streams. A stream is cut into windows of as
 * many shards as the settings say; the samples of a window are shuffled together. The order takes
 * one sample of each stream in turn; a stream that has ended is left out.
 *
 * <p>Making one costs time in the number of shards only; a window is shuffled when a position in it
 * is asked for and kept until another window of its stream is, so that reading on is cheap. Used by
 * one thread at a time.
 */
public final class SampleOrder {
  private final int[] samplesPerShard;
  private final long seed;
  private final int windowShards;

  /** Shards of each stream, in order; streams without shards are left out. */
  private final int[][] streams;

  private final StreamTurns turns;
  private final Window[] current;

  /**
   * The order of an epoch.
   *
   * @param samplesPerShard samples of each shard of the shard index
   * @param epoch 0-based
   */
  public SampleOrder(int[] samplesPerShard, OrderSettings settings, int epoch) {
    if (samplesPerShard.length == 0 || epoch < 0) {
      throw new IllegalArgumentException(
          "No order for " + samplesPerShard.length + " shards in epoch " + epoch);
    }
    this.samplesPerShard = samplesPerShard.clone();
    this.seed = Seeds.derive(Seeds.derive(settings.seed(), "sample order"), epoch);
    this.windowShards = settings.windowShards();
    this.streams = deal(settings.streams());
    this.current = new Window[streams.length];
    long[] lengths = new long[streams.length];
    for (int k = 0; k < streams.length; k++) {
      for (int shard : streams[k]) {
        lengths[k] += samplesPerShard[shard];
      }
    }
    this.turns = new StreamTurns(lengths);
  }

  private int[][] deal(int count) {
    int[] shards = Permutations.draw(samplesPerShard.length, Seeds.random(seed, 0));
    int used = Math.min(count, shards.length);
    int[][] dealt = new int[used][];
    for (int k = 0; k < used; k++) {
      int[] stream = new int[(shards.length - k + used - 1) / used];
      for (int i = 0; i < stream.length; i++) {
        stream[i] = shards[i * used + k];
      }
      dealt[k] = stream;
    }
    return dealt;
  }

  /** Number of samples, D. */
  public long samples() {
    return turns.total();
  }

  /** Number of streams that hold samples. */
  public int streams() {
    return streams.length;
  }

  /** Stream that a position is taken from. */
  public int stream(long position) {
    return turns.stream(position);
  }

  /**
   * The sample at a position.
   *
   * @param position from 0 to D - 1
   */
  public SampleId at(long position) {
    int stream = turns.stream(position);
    long offset = turns.offset(position);
    Window window = current[stream];
    if (window == null || !window.covers(offset)) {
      window = window(stream, offset);
      current[stream] = window;
    }
    return window.at(offset);
  }

  private Window window(int stream, long offset) {
    int[] shards = streams[stream];
    long start = 0;
    for (int first = 0; ; first += windowShards) {
      int end = Math.min(first + windowShards, shards.length);
      long size = 0;
      for (int i = first; i < end; i++) {
        size += samplesPerShard[shards[i]];
      }
      if (offset < start + size) {
        int[] order =
            Permutations.draw(Math.toIntExact(size), Seeds.random(seed, 1, stream, first));
        return new Window(start, Arrays.copyOfRange(shards, first, end), order);
      }
      start += size;
    }
  }

  /** Shuffled samples of some shards of a stream; {@code order} counts through all of them. */
  private final class Window {
    private final long start;
    private final int[] shards;
    private final int[] order;

    Window(long start, int[] shards, int[] order) {
      this.start = start;
      this.shards = shards;
      this.order = order;
    }

    boolean covers(long offset) {
      return offset >= start && offset < start + order.length;
    }

    SampleId at(long offset) {
      int sample = order[(int) (offset - start)];
      int i = 0;
      while (sample >= samplesPerShard[shards[i]]) {
        sample -= samplesPerShard[shards[i]];
        i++;
      }
      return new SampleId(shards[i], sample);
    }
  }
}
