package io.earlybird.spark.run;

import java.util.Comparator;
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
