package io.earlybird.engine.torch;

import io.earlybird.model.engine.Batch;
import io.earlybird.model.network.Shape;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Batches as tensors.
 *
 * <p>Direct buffers in native order are used where they lie; others are copied once. For a GPU the
 * images go through pinned memory and are copied while the call returns.
 */
final class Images implements AutoCloseable {
  private final Placement placement;
  private final Owned owned = new Owned();
  private Tensor staging;

  Images(Placement placement) {
    this.placement = placement;
  }

  /** Images [N, C, H, W] in channels-last order and the type of activations; of the scope. */
  Tensor of(Batch batch) {
    Shape shape = batch.imageShape();
    long[] extents = {batch.size(), shape.height(), shape.width(), shape.channels()};
    Tensor nhwc = direct(batch.pixels()) ? wrapped(batch, extents) : staged(batch, extents);
    return placement.move(nhwc.permute(0, 3, 1, 2)).to(placement.activations());
  }

  private boolean direct(FloatBuffer pixels) {
    return pixels.isDirect() && pixels.order() == ByteOrder.nativeOrder() && !placement.onGpu();
  }

  private static Tensor wrapped(Batch batch, long[] extents) {
    FloatBuffer all = batch.pixels().duplicate().clear();
    return torch.from_blob(new FloatPointer(all), extents);
  }

  private Tensor staged(Batch batch, long[] extents) {
    int length = batch.size() * batch.imageShape().elements();
    if (staging == null || staging.numel() < length) {
      owned.close();
      staging =
          owned.keep(
              torch.empty(
                  new long[] {length},
                  new TensorOptions()
                      .dtype(new ScalarTypeOptional(ScalarType.Float))
                      .pinned_memory(new BoolOptional(placement.onGpu())),
                  new MemoryFormatOptional()));
    }
    FloatBuffer target = staging.data_ptr_float().capacity(length).asBuffer();
    target.put(0, batch.pixels(), 0, length);
    return staging.narrow(0, 0, length).view(extents);
  }

  /**
   * Labels [N].
   *
   * @throws IllegalArgumentException if a label is not below {@code classes}
   */
  Tensor labels(Batch batch, int classes) {
    long[] labels = new long[batch.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = batch.label(i, classes);
    }
    return placement.move(AbstractTensor.create(labels));
  }

  @Override
  public void close() {
    owned.close();
  }
}
