package io.earlybird.benchmarks.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.engine.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntrantTest {
  @ParameterizedTest
  @ValueSource(strings = {"libtorch", "libtorch-nhwc+tuned", "dl4j+bfloat16", "torch", "stock"})
  void isWrittenAsItIsRead(String text) {
    assertThat(Entrant.of(text)).hasToString(text);
  }

  @Test
  void givesThePeerTheAllocatorSettingsOnlyIfTuned() {
    assertThat(Entrant.of("libtorch").getsAllocator()).isFalse();
    assertThat(Entrant.of("libtorch+tuned").getsAllocator()).isTrue();
    assertThat(Entrant.of("libtorch+tuned").getsLauncher()).isFalse();
    assertThat(Entrant.of("dl4j").getsLauncher()).isTrue();
  }

  @Test
  void hasAPrecision() {
    assertThat(Entrant.of("torch+bfloat16").precision()).isEqualTo(Precision.BFLOAT16);
    assertThat(Entrant.of("torch").precision()).isEqualTo(Precision.FLOAT32);
  }

  @Test
  void namesTheKindsWhenThereIsNoneOfThatName() {
    assertThatThrownBy(() -> Entrant.of("pytorch"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pytorch")
        .hasMessageContaining("libtorch-nhwc");
  }

  @Test
  void refusesVariantsThatAKindDoesNotHave() {
    assertThatThrownBy(() -> Entrant.of("libtorch+bfloat16"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bfloat16 for torch and dl4j");
  }
}
