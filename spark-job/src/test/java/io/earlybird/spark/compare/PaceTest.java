package io.earlybird.spark.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
  private Instant now = Instant.EPOCH;
  private final Pace pace = new Pace(List.of(4, 6), () -> now);

  @Test
  void nothingIsKnownBeforeTheFirstEpoch() {
    now = now.plusSeconds(5);
    assertThat(pace.left()).isEmpty();
    assertThat(pace.used()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void theRestTakesAsLongAsTheEpochsSoFar() {
    now = now.plusSeconds(20);
    pace.epochEnded();
    pace.epochEnded();
    assertThat(pace.left()).contains(Duration.ofSeconds(80));
  }

  @Test
  void aRunThatGoesOnOrFailsOrGrowsTakesLessOrMore() {
    pace.began(4, 1);
    now = now.plusSeconds(10);
    pace.epochEnded();
    assertThat(pace.left()).contains(Duration.ofSeconds(60));
    pace.gaveUp(4);
    assertThat(pace.left()).contains(Duration.ofSeconds(20));
    pace.began(6, 9);
    assertThat(pace.left()).contains(Duration.ofSeconds(50));
  }
}
