package io.earlybird.spark.settings;

import java.util.List;

/** Settings that cannot be used, alone or together; it lists every problem that was found. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final List<String> problems;

  /**
   * Collects problems.
   *
   * @param problems each with key, value and allowed range or remedy
   */
  public ConfigException(List<String> problems) {
    super(message(problems));
    this.problems = List.copyOf(problems);
  }

  /** One line for each problem. */
  public List<String> problems() {
    return problems;
  }

  private static String message(List<String> problems) {
    String head =
        problems.size() == 1 ? "Invalid settings:" : problems.size() + " invalid settings:";
    return head + "\n  " + String.join("\n  ", problems);
  }
}
