package io.earlybird.spark.events;

import io.earlybird.spark.events.Lines.Emphasis;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Progress for a person: one line for each stage, with images per second, loss, time to go and the
 * newest mask distances; ticket, switch and end stand out.
 *
 * <p>On a terminal the line of the running epoch is rewritten in place; elsewhere a line appears
 * every half minute at most.
 */
public final class ConsoleProgress implements RunListener, AutoCloseable {
  /** What the lines are written to. */
  public enum Output {
    /** A file, a pipe, or a terminal that can do no more. */
    PLAIN,
    /** A terminal without colors. */
    TERMINAL,
    /** A terminal with colors. */
    COLORS
  }

  private static final double PLAIN_INTERVAL_SECONDS = 30;

  private final Lines lines;
  private final Output output;
  private final InstantSource clock;
  private final StatusLine status = new StatusLine();
  private final List<Event> events = new ArrayList<>();
  private int epochs;
  private long lastLineMillis;

  /** Writes to {@code out}, which stays open. */
  public ConsoleProgress(PrintWriter out, Output output, InstantSource clock) {
    this.lines = new Lines(out, output);
    this.output = output;
    this.clock = clock;
  }

  @Override
  public synchronized void started(Start start) {
    epochs = start.epochs();
    events.clear();
    events.addAll(start.past());
    status.started(start);
    String how =
        start.completedEpochs() == 0
            ? "training " + start.epochs() + " epochs"
            : "going on after epoch " + start.completedEpochs() + " of " + start.epochs();
    line("run " + start.run() + ": " + how);
    line(
        String.format(
            Locale.ROOT,
            "%,d images and %,d steps an epoch",
            start.imagesPerEpoch(),
            start.stepsPerEpoch()));
  }

  @Override
  public synchronized void roundEnded(Round round) {
    status.roundEnded(round);
    showStatus();
  }

  @Override
  public synchronized void stageBegan(int epoch, Stage stage) {
    status.stageBegan(epoch, stage);
    showStatus();
  }

  @Override
  public synchronized void happened(Event event) {
    events.add(event);
    status.happened(event);
    if (event instanceof EpochEvent epoch) {
      line(Sentences.of(epoch, epochs, status.secondsLeft(epoch)));
    } else if (event instanceof TicketEvent ticket) {
      standOut(Emphasis.TICKET, Sentences.of(ticket));
    } else if (event instanceof SwitchEvent change) {
      standOut(Emphasis.SWITCH, Sentences.of(change));
    } else if (event instanceof PruneEvent pruned) {
      line(Sentences.of(pruned));
    } else if (event instanceof SwaEvent swa) {
      line(Sentences.of(swa));
    } else if (event instanceof SummaryEvent summary) {
      standOut(Emphasis.END, Sentences.of(summary));
    }
  }

  @Override
  public synchronized void noted(String sentence) {
    line(sentence);
  }

  @Override
  public synchronized void ended(Result result) {
    result.remarks().forEach(this::line);
    Savings.sentence(events).ifPresent(this::line);
    line("result: " + result.checkpoint());
    line("report: " + result.report());
    String before = "next: ";
    for (String command : result.next()) {
      line(before + command);
      before = "  or: ";
    }
  }

  /**
   * Another stream to the same terminal, log messages for example: what is printed there takes the
   * place of the line that is rewritten.
   */
  public PrintStream beside(PrintStream other) {
    return new PrintStream(new Beside(other), true, StandardCharsets.UTF_8);
  }

  /** Nothing more is to come; the cursor is put to the beginning of a line. */
  @Override
  public synchronized void close() {
    lines.close();
  }

  private void showStatus() {
    if (output != Output.PLAIN) {
      lines.rewrite(status.status().text());
    } else if (clock.millis() - lastLineMillis >= PLAIN_INTERVAL_SECONDS * 1000) {
      line(status.status().text());
    }
  }

  private final class Beside extends OutputStream {
    private final PrintStream other;

    Beside(PrintStream other) {
      this.other = other;
    }

    @Override
    public void write(int value) {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      synchronized (ConsoleProgress.this) {
        lines.interrupt();
        other.write(bytes, offset, length);
        other.flush();
      }
    }
  }

  private void standOut(Emphasis emphasis, String text) {
    lines.standOut(emphasis, text);
    lastLineMillis = clock.millis();
  }

  private void line(String text) {
    lines.print(text);
    lastLineMillis = clock.millis();
  }
}
