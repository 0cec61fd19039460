package io.earlybird.benchmarks.libtorch;

import io.earlybird.model.network.AveragePool;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.MaxPool;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.BatchNormOptions;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Modules of the C++ frontend, and functions, for nodes of a network. */
final class Layers {
  private Layers() {}

  static Conv2dImpl convolution(Convolution node, int inChannels) {
    try (LongPointer kernel = square(node.kernel());
        LongPointer stride = square(node.stride());
        LongPointer padding = square(node.padding());
        Conv2dOptions options = new Conv2dOptions(inChannels, node.outChannels(), kernel);
        BoolPointer bias = options.bias()) {
      options.stride().put(stride);
      options.padding().put(padding);
      bias.put(node.bias());
      return new Conv2dImpl(options);
    }
  }

  static BatchNorm2dImpl batchNorm(int channels) {
    try (BatchNormOptions options = new BatchNormOptions(channels)) {
      options.eps().put(BatchNorm.EPSILON);
      options.momentum().put(BatchNorm.RUNNING_FACTOR);
      return new BatchNorm2dImpl(options);
    }
  }

  static LinearImpl linear(Linear node, int inFeatures) {
    return new LinearImpl(inFeatures, node.outFeatures());
  }

  static Tensor maxPool(MaxPool node, Tensor x) {
    return torch.max_pool2d(
        x, pair(node.kernel()), pair(node.stride()), pair(node.padding()), pair(1), false);
  }

  static Tensor averagePool(AveragePool node, Tensor x) {
    if (x.size(2) == node.kernel() && x.size(3) == node.kernel()) {
      return torch.adaptive_avg_pool2d(x, 1, 1);
    }
    return torch.avg_pool2d(
        x, pair(node.kernel()), pair(node.stride()), pair(0), false, true, new LongOptional());
  }

  private static long[] pair(int value) {
    return new long[] {value, value};
  }

  private static LongPointer square(int value) {
    return new LongPointer(pair(value));
  }
}
