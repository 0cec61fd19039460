package io.earlybird.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.spark.events.ConsoleProgress.Output;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {
  @Test
  void terminalsHaveColors() {
    assertThat(Terminal.of(Map.of("TERM", "xterm-256color"))).isEqualTo(Output.COLORS);
    assertThat(Terminal.of(Map.of("TERM", "screen", "NO_COLOR", ""))).isEqualTo(Output.COLORS);
  }

  @Test
  void noColorIsRespectedWhateverItsValue() {
    assertThat(Terminal.of(Map.of("TERM", "xterm", "NO_COLOR", "0"))).isEqualTo(Output.TERMINAL);
  }

  @Test
  void aDumbTerminalGetsPlainLines() {
    assertThat(Terminal.of(Map.of("TERM", "dumb"))).isEqualTo(Output.PLAIN);
    assertThat(Terminal.of(Map.of())).isEqualTo(Output.PLAIN);
  }
}
