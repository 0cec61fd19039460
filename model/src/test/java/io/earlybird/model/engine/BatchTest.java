package io.earlybird.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.network.Shape;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class BatchTest {
  private static final Shape IMAGE = new Shape(3, 2, 2);

  @Test
  void buffersMayBeLargerThanTheBatch() {
    Batch batch = new Batch(1, IMAGE, FloatBuffer.allocate(24), new int[] {4, 5});
    assertThat(batch.size()).isEqualTo(1);
    assertThat(batch.label(0)).isEqualTo(4);
  }

  @Test
  void refusesBuffersThatAreTooSmall() {
    assertThatThrownBy(() -> new Batch(2, IMAGE, FloatBuffer.allocate(23), new int[2]))
        .hasMessage("Invalid batch of 2 images [3, 2, 2]: 2 labels, 23 pixel values");
    assertThatThrownBy(() -> new Batch(2, IMAGE, FloatBuffer.allocate(24), new int[1]))
        .hasMessageContaining("1 labels");
  }
}
