package io.earlybird.benchmarks.race;

/** A contestant that is asked to take its turn. */
public interface Racer extends AutoCloseable {
  /** Name in tables. */
  String name();

  /** In how many rounds it takes part at most; slow ones take part in few. */
  int rounds();

  /** Does that many steps. */
  Lap turn(Work work, int round, int steps);

  /** Largest resident memory of its process so far, in MiB. */
  double peakMebibytes();

  @Override
  void close();
}
