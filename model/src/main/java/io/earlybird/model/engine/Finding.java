package io.earlybird.model.engine;

/**
 * One line of a diagnosis.
 *
 * @param level how bad it is
 * @param subject what was looked at
 * @param detail what was found, and for a problem what to do
 */
public record Finding(Level level, String subject, String detail) {
  /** Severity. */
  public enum Level {
    OK,
    WARNING,
    ERROR
  }
}
