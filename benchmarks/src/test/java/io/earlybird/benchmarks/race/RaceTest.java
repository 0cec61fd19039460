package io.earlybird.benchmarks.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RaceTest {
  private final List<String> turns = new ArrayList<>();
  private int unmeasured;

  private final class Runner implements Racer {
    private final String name;
    private final int rounds;
    private final double stepSeconds;

    Runner(String name, int rounds, double stepSeconds) {
      this.name = name;
      this.rounds = rounds;
      this.stepSeconds = stepSeconds;
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
      if (round >= 0) {
        turns.add(round + name);
      } else {
        unmeasured++;
      }
      return new Lap(round, steps, steps * stepSeconds, 0);
    }

    @Override
    public double peakMebibytes() {
      return 0;
    }

    @Override
    public void close() {}
  }

  @Test
  void startsEveryRoundWithTheNextContestant() {
    new Race(Duration.ZERO, Duration.ZERO, 3, 3)
        .run(Work.TRAINING, List.of(new Runner("a", 9, 1), new Runner("b", 9, 1)));
    assertThat(turns).containsExactly("0a", "0b", "1b", "1a", "2a", "2b");
  }

  @Test
  void warmsUpForTheTimeGivenButTwoStepsAtLeast() {
    new Race(Duration.ZERO, Duration.ZERO, 1, 1).run(Work.TRAINING, List.of(new Runner("a", 9, 1)));
    assertThat(unmeasured).isEqualTo(2);
    new Race(Duration.ofMillis(50), Duration.ZERO, 1, 1)
        .run(Work.TRAINING, List.of(new Runner("b", 9, 1)));
    assertThat(unmeasured).isGreaterThan(100);
    assertThat(turns).containsExactly("0a", "0b");
  }

  @Test
  void givesQuickStepsMoreOfThemInATurn() {
    Map<String, List<Lap>> laps =
        new Race(Duration.ZERO, Duration.ZERO, 1, 1)
            .run(Work.TRAINING, List.of(new Runner("quick", 9, 0.07), new Runner("slow", 9, 7)));
    assertThat(laps.get("quick").get(0).steps()).isEqualTo(10);
    assertThat(laps.get("slow").get(0).steps()).isEqualTo(1);
  }

  @Test
  void letsSlowContestantsOutOfLaterRounds() {
    Map<String, List<Lap>> laps =
        new Race(Duration.ZERO, Duration.ZERO, 3, 3)
            .run(Work.INFERENCE, List.of(new Runner("a", 9, 1), new Runner("slow", 2, 1)));
    assertThat(laps.get("a")).hasSize(3);
    assertThat(laps.get("slow")).hasSize(2);
  }
}
