package io.earlybird.spark.run;

import io.earlybird.spark.store.FileStore;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files in {@code attempts/}. */
final class AttemptNames {
  private static final Pattern FILE = Pattern.compile("(?:attempt|heartbeat|ended)-(\\d{1,9})");
  private static final Pattern ATTEMPT = Pattern.compile("attempt-(\\d{1,9})");
  private static final Pattern WRITER = Pattern.compile("writer-(\\d{1,9})");

  private AttemptNames() {}

  static String attempt(int number) {
    return "attempt-" + number;
  }

  static String heartbeat(int number) {
    return "heartbeat-" + number;
  }

  static String ended(int number) {
    return "ended-" + number;
  }

  /** Whether a file belongs to an attempt before that one. */
  static boolean earlier(String file, int number) {
    Matcher matcher = FILE.matcher(file);
    return matcher.matches() && Integer.parseInt(matcher.group(1)) < number;
  }

  /** Directory through which an attempt writes. */
  static String writer(int number) {
    return "writer-" + number;
  }

  /** Numbers of all attempts, ascending. */
  static List<Integer> numbers(FileStore attempts) {
    return numbers(attempts, ATTEMPT);
  }

  /** Numbers of the attempts that may still write, ascending. */
  static List<Integer> writers(FileStore attempts) {
    return numbers(attempts, WRITER);
  }

  private static List<Integer> numbers(FileStore attempts, Pattern form) {
    return attempts.list().stream()
        .map(form::matcher)
        .filter(Matcher::matches)
        .map(matcher -> Integer.valueOf(matcher.group(1)))
        .sorted()
        .toList();
  }
}
