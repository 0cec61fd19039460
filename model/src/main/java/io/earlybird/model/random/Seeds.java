package io.earlybird.model.random;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Derives independent seeds from a run's seed and a key.
 *
 * <p>Each key is folded in with the 64-bit finalizer of SplitMix64 (Steele, Lea, Flood: Fast
 * Splittable Pseudorandom Number Generators, OOPSLA 2014), so that neighboring keys give unrelated
 * seeds.
 */
public final class Seeds {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private Seeds() {}

  /** A seed for (seed, keys...); other keys, or the same in another order, give another seed. */
  public static long derive(long seed, long... keys) {
    long state = mix(seed + GOLDEN_GAMMA);
    for (long key : keys) {
      state = mix((state ^ mix(key + GOLDEN_GAMMA)) + GOLDEN_GAMMA);
    }
    return state;
  }

  /** A seed for a named purpose. */
  public static long derive(long seed, String purpose) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : purpose.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return derive(seed, hash);
  }

  /** A generator for (seed, keys...). */
  public static SplittableRandom random(long seed, long... keys) {
    return new SplittableRandom(derive(seed, keys));
  }

  /**
   * Draw number {@code index} of a seed: the same bits whoever asks, in whatever order, on whatever
   * thread. It is the output of SplitMix64 at that position.
   */
  public static long draw(long seed, long index) {
    return mix(seed + (index + 1) * GOLDEN_GAMMA);
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
