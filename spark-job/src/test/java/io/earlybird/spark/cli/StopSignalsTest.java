package io.earlybird.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("own-jvm")
class StopSignalsTest {
  @Test
  void sigtermIsARequestAndNotTheEnd() throws Exception {
    StringWriter text = new StringWriter();
    StopSignals signals = StopSignals.listen(new PrintWriter(text));
    assertThat(signals.requested()).isFalse();
    String self = Long.toString(ProcessHandle.current().pid());
    assertThat(new ProcessBuilder("kill", "-TERM", self).start().waitFor()).isZero();
    Instant deadline = Instant.now().plus(Duration.ofSeconds(10));
    while (!text.toString().contains("\n") && Instant.now().isBefore(deadline)) {
      Thread.sleep(10);
    }
    assertThat(signals.requested()).isTrue();
    assertThat(text.toString().strip()).isEqualTo("SIGTERM: stopping after this round");
  }
}
