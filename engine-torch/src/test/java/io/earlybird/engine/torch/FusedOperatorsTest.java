package io.earlybird.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FusedOperatorsTest {
  private PointerScope scope;
  private FusedOperators fused;

  @BeforeAll
  static void load() {
    Libtorch.load();
  }

  @BeforeEach
  void open() {
    scope = new PointerScope();
    fused = new FusedOperators();
  }

  @AfterEach
  void close() {
    fused.close();
    scope.close();
  }

  /** Values in the order of memory, channels-last. */
  private static Tensor tensor(long images, long channels, long height, float... values) {
    return AbstractTensor.create(values, images, height, 1, channels).permute(0, 3, 1, 2);
  }

  private static float[] values(Tensor tensor) {
    assertThat(tensor.is_contiguous(MemoryFormat.ChannelsLast)).isTrue();
    float[] values = new float[(int) tensor.numel()];
    tensor.data_ptr_float().get(values);
    return values;
  }

  @Test
  void aSumIsRectifiedInItsMemory() {
    Tensor sum = tensor(1, 2, 2, 1, -1, 3, -4);
    fused.addAndRectify(sum, tensor(1, 2, 2, 10, -10, -5, 6));
    assertThat(values(sum)).containsExactly(11, 0, 0, 2);
  }

  @Test
  void aProductIsAddedInTheMemoryOfTheSum() {
    Tensor sum = tensor(2, 2, 1, 100, 200, 300, 400);
    Tensor x = tensor(2, 3, 1, 1, 2, 3, 4, 5, 6);
    // rows: output channels; columns: input channels
    Tensor kernel = AbstractTensor.create(new float[] {1, 0, -1, 2, 1, 0}, 2, 3, 1, 1);
    fused.addConvolved(sum, x, kernel, new TensorOptional());
    assertThat(values(sum)).containsExactly(98, 204, 298, 413);
    fused.addConvolved(sum, x, kernel, new TensorOptional(AbstractTensor.create(1000f, 2000f)));
    assertThat(values(sum)).containsExactly(1096, 2208, 1296, 2426);
  }

  @Test
  void aProductIsAddedAndTheSumRectified() {
    Tensor sum = tensor(1, 2, 2, 1, 2, 3, 4);
    Tensor x = tensor(1, 1, 2, 1, -1);
    Tensor kernel = AbstractTensor.create(new float[] {10, 20}, 2, 1, 1, 1);
    fused.addConvolvedAndRectify(
        sum, x, kernel, new TensorOptional(AbstractTensor.create(0.5f, -0.5f)));
    assertThat(values(sum)).containsExactly(11.5f, 21.5f, 0, 0);
  }
}
