package io.earlybird.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.spark.settings.ConfigException;
import java.io.IOException;
import java.util.List;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

class ExitCodesTest {
  private static final String ABORTED =
      "Job aborted due to stage failure: Task 0 in stage 0.0 failed 1 times, most recent failure:"
          + " Lost task 0.0 in stage 0.0 (TID 7) (host executor driver): ";

  @Test
  void whatADryRunFindsEndsWithTwoAndWhatFailsLaterWithOne() {
    assertThat(ExitCodes.of(new ConfigException(List.of("a")))).isEqualTo(2);
    assertThat(ExitCodes.of(new RefusedException("a"))).isEqualTo(2);
    assertThat(ExitCodes.of(new IllegalStateException("a"))).isEqualTo(1);
  }

  @Test
  void whatFailsInACheckIsRefused() {
    assertThatThrownBy(
            () ->
                ExitCodes.checked(
                    () -> {
                      throw new IOException("no route");
                    }))
        .isInstanceOf(RefusedException.class)
        .hasMessage("IOException: no route");
  }

  @Test
  void ofAFailedTaskTheMessageIsShownWithoutItsStackTrace() {
    assertThat(
            ExitCodes.message(
                new SparkException(
                    ABORTED + "io.earlybird.data.shard.ShardException: Damaged shard\n\tat a.b")))
        .isEqualTo("Damaged shard");
    assertThat(
            ExitCodes.message(
                new SparkException(ABORTED + "java.io.IOException: disk full\n\tat a.b")))
        .isEqualTo("java.io.IOException: disk full");
    assertThat(ExitCodes.message(new SparkException("Job 3 cancelled\nbecause")))
        .isEqualTo("Job 3 cancelled");
  }
}
