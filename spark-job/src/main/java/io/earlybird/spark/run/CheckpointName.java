package io.earlybird.spark.run;

import io.earlybird.spark.store.FileStore;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Name of a checkpoint's directory, for example {@code epoch-0007} or {@code epoch-0007-round-0012}
 * for one inside the epoch after it.
 *
 * @param epoch completed epochs
 * @param round rounds of the next epoch that are done
 */
record CheckpointName(int epoch, int round) implements Comparable<CheckpointName> {
  private static final Pattern FORM = Pattern.compile("epoch-(\\d{4,9})(?:-round-(\\d{4,9}))?");
  private static final Comparator<CheckpointName> ORDER =
      Comparator.comparingInt(CheckpointName::epoch).thenComparingInt(CheckpointName::round);

  static Optional<CheckpointName> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int round = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
    return Optional.of(new CheckpointName(Integer.parseInt(matcher.group(1)), round));
  }

  /** Names in a directory of checkpoints, the newest first, committed or not. */
  static List<CheckpointName> all(FileStore checkpoints) {
    return checkpoints.list().stream()
        .map(CheckpointName::parse)
        .flatMap(Optional::stream)
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  /** Names of those that were committed, the newest first. */
  static List<CheckpointName> committed(FileStore checkpoints) {
    return all(checkpoints).stream()
        .filter(name -> checkpoints.exists(name + "/" + Manifest.NAME))
        .toList();
  }

  boolean insideEpoch() {
    return round > 0;
  }

  @Override
  public int compareTo(CheckpointName other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    String name = String.format(Locale.ROOT, "epoch-%04d", epoch);
    return insideEpoch() ? name + String.format(Locale.ROOT, "-round-%04d", round) : name;
  }
}
