package io.earlybird.engine.torch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/**
 * Operators on float32 tensors of the processor that do in one pass over memory what otherwise
 * takes two. The presets do not bind them, so they are called through the dispatcher.
 */
final class FusedOperators implements AutoCloseable {
  /** Places among the arguments of the second operator. */
  private static final int PADDING = 4;

  private static final int SCALARS = 11;

  private final Owned owned = new Owned();
  private final OperatorHandle rectifiedSum;
  private final OperatorHandle convolvedSum;
  private final IValue zeros;
  private final IValue ones;
  private final IValue noScalars;

  FusedOperators() {
    try (PointerScope scope = new PointerScope()) {
      rectifiedSum = owned.keep(operator("aten::_add_relu_", "Tensor"));
      convolvedSum = owned.keep(operator("mkldnn::_convolution_pointwise_", "binary"));
      zeros = owned.keep(list(PADDING, 0, 0));
      ones = owned.keep(list(PADDING, 1, 1));
      noScalars = owned.keep(list(SCALARS));
    }
  }

  private static OperatorHandle operator(String name, String overload) {
    return new OperatorHandle(Dispatcher.singleton().findSchemaOrThrow(name, overload));
  }

  /** A list of the type that the second operator has at a place. */
  private IValue list(int argument, long... values) {
    GenericList list =
        new GenericList(
            convolvedSum.schema().arguments().getPointer(argument).type().get().containedType(0));
    for (long value : values) {
      list.push_back(new IValue(value));
    }
    return new IValue(list);
  }

  /** sum = max(sum + term, 0). */
  void addAndRectify(Tensor sum, Tensor term) {
    rectifiedSum.callBoxed(
        new IValueVector(new IValue(sum), new IValue(term), new IValue(new Scalar(1.0f))));
  }

  /**
   * sum += x * kernel + bias, a 1x1 convolution of stride 1.
   *
   * @param sum [N, O, H, W], channels-last
   * @param x [N, I, H, W], channels-last
   * @param kernel [O, I, 1, 1]
   * @param bias [O], or none
   */
  void addConvolved(Tensor sum, Tensor x, Tensor kernel, TensorOptional bias) {
    addConvolved(sum, x, kernel, bias, new IValue());
  }

  /** sum = max(sum + x * kernel + bias, 0), of the same extents. */
  void addConvolvedAndRectify(Tensor sum, Tensor x, Tensor kernel, TensorOptional bias) {
    addConvolved(sum, x, kernel, bias, new IValue("relu"));
  }

  private void addConvolved(
      Tensor sum, Tensor x, Tensor kernel, TensorOptional bias, IValue after) {
    boolean ordered = sum.is_contiguous(MemoryFormat.ChannelsLast); // else strips were a copy
    convolvedSum.callBoxed(
        new IValueVector(
            new IValue(ordered ? PixelStrips.of(sum) : sum),
            new IValue(ordered ? PixelStrips.of(x) : x),
            new IValue(kernel.contiguous(MemoryFormat.ChannelsLast)),
            bias.has_value() ? new IValue(bias.get()) : new IValue(),
            zeros,
            ones,
            ones,
            new IValue(1L),
            new IValue("add"),
            new IValue(),
            after,
            noScalars,
            new IValue()));
  }

  @Override
  public void close() {
    owned.close();
  }
}
