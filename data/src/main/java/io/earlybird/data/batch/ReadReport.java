package io.earlybird.data.batch;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a reader did: counts, and the time its caller waited.
 *
 * @param samples that were decoded and handed out
 * @param badSamples that could not be decoded and were left out
 * @param badExamples the first few bad samples: shard, offset, reason
 * @param waitNanos time that the caller waited for batches
 * @param bytesRead from the shards, what was read between joined samples included
 */
public record ReadReport(
    long samples, long badSamples, List<String> badExamples, long waitNanos, long bytesRead)
    implements Serializable {
  /** Nothing read; neutral to {@link #plus}. */
  public static final ReadReport NONE = new ReadReport(0, 0, List.of(), 0, 0);

  static final int MAX_EXAMPLES = 5;

  public ReadReport {
    badExamples = badExamples.stream().limit(MAX_EXAMPLES).toList();
  }

  /** Both together. */
  public ReadReport plus(ReadReport other) {
    return new ReadReport(
        samples + other.samples,
        badSamples + other.badSamples,
        Stream.concat(badExamples.stream(), other.badExamples.stream()).toList(),
        waitNanos + other.waitNanos,
        bytesRead + other.bytesRead);
  }

  /** Bad samples among all that were read, in [0, 1]; 0 if none was. */
  public double badFraction() {
    return badSamples == 0 ? 0 : (double) badSamples / (samples + badSamples);
  }
}
