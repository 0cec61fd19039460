package io.earlybird.benchmarks.policies;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyCaseTest {
  @ParameterizedTest
  @ValueSource(strings = {"early-bird", "imp", "gmp", "sparse-momentum", "set", "rigl"})
  void aDecisionIsMeasuredAgainAndAgain(String policy) {
    PolicyRow row = new PolicyCase(policy, "demo").measure(policy, 0, 3);
    assertThat(row.values()).isEqualTo(394_394);
    assertThat(row.laps()).isEqualTo(3);
    assertThat(row.cpuSeconds()).isPositive();
    assertThat(row.seconds()).isPositive();
  }
}
