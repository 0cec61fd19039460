package io.earlybird.data.ingest;

/**
 * How shards are made of a source.
 *
 * @param output URI of the directory that receives {@code train} and {@code validation}
 * @param seed of the deal
 * @param shards of each split; 0 chooses by the number of samples
 * @param threads shards that are written side by side, at least 1
 */
public record IngestSettings(String output, long seed, int shards, int threads) {
  /** Seed when nothing else is said. */
  public static final long DEFAULT_SEED = 1;

  public IngestSettings {
    if (shards < 0 || threads < 1) {
      throw new IllegalArgumentException(
          "Invalid ingest settings: shards "
              + shards
              + " must be at least 0, threads "
              + threads
              + " at least 1");
    }
  }

  /** Settings with the default seed and number of shards. */
  public static IngestSettings of(String output, int threads) {
    return new IngestSettings(output, DEFAULT_SEED, 0, threads);
  }
}
