package io.earlybird.model.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BuildPropertiesTest {
  @Test
  void namesTheClassBesideWhichTheFileIsMissing() {
    assertThatThrownBy(() -> BuildProperties.of(Batch.class))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("versions.properties is missing beside io.earlybird.model.engine.Batch");
  }
}
