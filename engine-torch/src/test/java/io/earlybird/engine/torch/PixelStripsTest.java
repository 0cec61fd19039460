package io.earlybird.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PixelStripsTest {
  private static final int CHANNELS = 3;

  private PointerScope scope;

  @BeforeAll
  static void load() {
    Libtorch.load();
  }

  @BeforeEach
  void open() {
    torch.set_num_threads(1);
    scope = new PointerScope();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static Tensor images(long images, long size) {
    return torch.rand(images, size, size, CHANNELS).permute(0, 3, 1, 2);
  }

  private static void assertStrips(Tensor x, long number, long width) {
    Tensor strips = PixelStrips.of(x);
    assertThat(strips.sizes().vec().get()).containsExactly(number, CHANNELS, 1, width);
    assertThat(strips.is_contiguous(MemoryFormat.ChannelsLast)).isTrue();
    assertThat(strips.data_ptr().address()).isEqualTo(x.data_ptr().address());
    Tensor back = PixelStrips.images(strips, x);
    assertThat(back.is_contiguous(MemoryFormat.ChannelsLast)).isTrue();
    assertThat(back.equal(x)).isTrue();
  }

  @Test
  void largeImagesAreDivided() {
    assertStrips(images(8, 56), 392, 64);
    assertStrips(images(8, 14), 28, 56);
    assertStrips(images(1, 32), 16, 64);
  }

  @Test
  void smallImagesAreJoined() {
    assertStrips(images(8, 7), 2, 196);
    assertStrips(images(32, 4), 4, 128);
  }

  @Test
  void whatHasNoSuitableDivisorStaysAsItIs() {
    for (Tensor x : new Tensor[] {images(1, 11), images(5, 3), images(1, 7)}) {
      assertThat(PixelStrips.of(x)).isSameAs(x);
    }
  }

  @Test
  void forSeveralThreadsImagesStayAsTheyAre() {
    torch.set_num_threads(2);
    Tensor x = images(8, 56);
    assertThat(PixelStrips.of(x)).isSameAs(x);
  }
}
