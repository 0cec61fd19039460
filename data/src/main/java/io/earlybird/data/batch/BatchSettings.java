package io.earlybird.data.batch;

import io.earlybird.data.image.ImageSettings;
import java.io.Serializable;

/**
 * How a {@link BatchSource} makes batches.
 *
 * @param image what images become
 * @param seed of the run; augmentation is a function of it, the epoch and the sample
 * @param decodeThreads of the pool that all readers of a source share, at least 1
 * @param prefetchBatches batches that a reader keeps ahead of its replica, at least 1
 */
public record BatchSettings(ImageSettings image, long seed, int decodeThreads, int prefetchBatches)
    implements Serializable {
  public BatchSettings {
    if (decodeThreads < 1 || prefetchBatches < 1) {
      throw new IllegalArgumentException(
          "Invalid batch settings: decode-threads "
              + decodeThreads
              + " and prefetch-batches "
              + prefetchBatches
              + " must be at least 1");
    }
  }
}
