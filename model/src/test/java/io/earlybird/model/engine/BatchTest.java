package io.earlybird.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.network.Input;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.MaxPool;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Shape;
import java.nio.FloatBuffer;
import java.util.List;
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
  void namesALabelThatTheNetworkDoesNotHave() {
    Batch batch = new Batch(2, IMAGE, FloatBuffer.allocate(24), new int[] {2, -1});
    assertThat(batch.label(0, 3)).isEqualTo(2);
    assertThatThrownBy(() -> batch.label(0, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid label 2: the network has 2 classes");
    assertThatThrownBy(() -> batch.label(1, 2)).hasMessageStartingWith("Invalid label -1");
  }

  @Test
  void fitsNetworksForImagesOfItsShape() {
    Batch batch = new Batch(1, IMAGE, FloatBuffer.allocate(12), new int[1]);
    assertThatCode(() -> batch.requireFits(networkFor(IMAGE))).doesNotThrowAnyException();
    assertThatThrownBy(() -> batch.requireFits(networkFor(new Shape(3, 4, 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot feed images [3, 2, 2] to a network for images [3, 4, 2]");
  }

  private static Network networkFor(Shape image) {
    return new Network(
        "linear",
        List.of(
            new Input("input", image),
            new MaxPool("pool", "input", 2, 4, 0),
            new Linear("fc", "pool", 2, Linear.Initial.NORMAL_001)));
  }

  @Test
  void refusesBuffersThatAreTooSmall() {
    assertThatThrownBy(() -> new Batch(2, IMAGE, FloatBuffer.allocate(23), new int[2]))
        .hasMessage("Invalid batch of 2 images [3, 2, 2]: 2 labels, 23 pixel values");
    assertThatThrownBy(() -> new Batch(2, IMAGE, FloatBuffer.allocate(24), new int[1]))
        .hasMessageContaining("1 labels");
  }
}
