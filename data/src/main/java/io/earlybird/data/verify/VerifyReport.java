package io.earlybird.data.verify;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a verification found.
 *
 * @param shards that were read
 * @param samples that were read
 * @param bytes of the shards
 * @param problems each with the file and place; none when the data set is sound
 */
public record VerifyReport(int shards, long samples, long bytes, List<String> problems) {
  static final VerifyReport NOTHING = new VerifyReport(0, 0, 0, List.of());

  public VerifyReport {
    problems = List.copyOf(problems);
  }

  /** Whether nothing is wrong. */
  public boolean sound() {
    return problems.isEmpty();
  }

  VerifyReport plus(VerifyReport other) {
    return new VerifyReport(
        shards + other.shards,
        samples + other.samples,
        bytes + other.bytes,
        Stream.concat(problems.stream(), other.problems.stream()).toList());
  }
}
