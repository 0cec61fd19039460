package io.earlybird.spark.events;

import java.io.PrintWriter;

/**
 * Lines on the standard output of a process. On a terminal, one line at a time may be rewritten in
 * place; whatever else is printed takes its place.
 */
final class Lines {
  private static final int BAR = 72;
  private static final String RESET = "\u001b[0m";

  /** The terminal cuts a line that is too long, in place of going on in the next one. */
  private static final String CUT = "\u001b[?7l";

  private static final String WRAP = "\u001b[?7h";
  private static final String ERASE_REST = "\u001b[K";

  /** How a line stands out where there are colors; the words are the same everywhere. */
  enum Emphasis {
    TICKET("\u001b[1;32m"),
    SWITCH("\u001b[1;36m"),
    END("\u001b[1m");

    private final String on;

    Emphasis(String on) {
      this.on = on;
    }
  }

  private final PrintWriter out;
  private final ConsoleProgress.Output output;
  private boolean open;

  Lines(PrintWriter out, ConsoleProgress.Output output) {
    this.out = out;
    this.output = output;
  }

  /** A line that stays. */
  void print(String text) {
    clear();
    out.println(text);
    out.flush();
  }

  /** A line that is seen from afar. */
  void standOut(Emphasis emphasis, String text) {
    String bar = "=".repeat(BAR);
    for (String line : new String[] {bar, text, bar}) {
      boolean colored = output == ConsoleProgress.Output.COLORS;
      print(colored ? emphasis.on + line + RESET : line);
    }
  }

  /** A line that the next one replaces; only on a terminal. */
  void rewrite(String text) {
    out.print("\r" + CUT + text + ERASE_REST + WRAP);
    out.flush();
    open = true;
  }

  /** Keeps the line that would be replaced. */
  void close() {
    if (open) {
      out.println();
      out.flush();
      open = false;
    }
  }

  /** Takes the line that would be replaced away, before somebody else prints. */
  void interrupt() {
    clear();
    out.flush();
  }

  private void clear() {
    if (open) {
      out.print("\r" + ERASE_REST);
      open = false;
    }
  }
}
