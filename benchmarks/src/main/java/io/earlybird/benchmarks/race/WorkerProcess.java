package io.earlybird.benchmarks.race;

import io.earlybird.benchmarks.contest.Subject;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A contestant in a process of its own, as its parent sees it. */
public final class WorkerProcess implements Racer {
  private static final int UNLIMITED = Integer.MAX_VALUE;

  /**
   * Stock layers are ten times as slow: a few of their turns are enough, and all there is time for.
   */
  private static final int STOCK_ROUNDS = 2;

  private final String name;
  private final int rounds;
  private final Process process;
  private final BufferedWriter commands;
  private final BufferedReader answers;

  private WorkerProcess(String name, int rounds, Process process) {
    this.name = name;
    this.rounds = rounds;
    this.process = process;
    this.commands =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts the process and waits until it is ready: JavaCPP's cache of native libraries does not
   * bear two processes that fill it at the same time.
   *
   * @param name in tables
   */
  public static WorkerProcess start(
      String name, Launch launch, Entrant entrant, Subject subject, int batchSize, int threads) {
    Order order = new Order(entrant, subject, batchSize, threads);
    int rounds = entrant.kind() == Kind.STOCK ? STOCK_ROUNDS : UNLIMITED;
    try {
      Process process = launch.process(entrant, threads, order.arguments()).start();
      WorkerProcess worker = new WorkerProcess(name, rounds, process);
      worker.answer(Worker.READY);
      return worker;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start a process for " + name, e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int rounds() {
    return rounds;
  }

  @Override
  public Lap turn(Work work, int round, int steps) {
    String[] times = ask(work.name() + " " + steps).split(" ");
    return new Lap(round, steps, Double.parseDouble(times[0]), Double.parseDouble(times[1]));
  }

  @Override
  public double peakMebibytes() {
    return Double.parseDouble(ask(Worker.PEAK));
  }

  private String ask(String command) {
    try {
      commands.write(command + "\n");
      commands.flush();
      return answer(command);
    } catch (IOException e) {
      throw new UncheckedIOException(ended(command), e);
    }
  }

  private String answer(String command) throws IOException {
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.startsWith(Worker.ANSWER)) {
        return line.substring(Worker.ANSWER.length());
      }
    }
    throw new IllegalStateException(ended(command));
  }

  private String ended(String command) {
    return "The process of "
        + name
        + " has ended before it answered "
        + command
        + "; see its error output";
  }

  /** Ends the process. */
  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
