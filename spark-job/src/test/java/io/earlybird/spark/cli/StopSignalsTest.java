package io.earlybird.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("own-jvm")
class StopSignalsTest {
  @Test
  void sigtermIsARequestAndNotTheEndHoweverOftenItComes() throws Exception {
    BlockingQueue<String> notes = new LinkedBlockingQueue<>();
    StopSignals signals = StopSignals.listen(notes::add);
    assertThat(signals.requested()).isFalse();
    String self = Long.toString(ProcessHandle.current().pid());
    for (int i = 0; i < 2; i++) {
      assertThat(new ProcessBuilder("kill", "-TERM", self).start().waitFor()).isZero();
      assertThat(notes.poll(1, TimeUnit.MINUTES)).isEqualTo("SIGTERM: stopping after this round");
      assertThat(signals.requested()).isTrue();
    }
  }
}
