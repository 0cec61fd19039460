package io.earlybird.engine.torch;

import io.earlybird.model.engine.Device;
import io.earlybird.model.engine.Precision;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Where tensors lie and in what type activations are.
 *
 * @param device where
 * @param precision FLOAT32 or BFLOAT16
 */
record Placement(Device device, Precision precision) {
  /** float32 on the processor. */
  static final Placement FLOATS = new Placement(Device.cpu(), Precision.FLOAT32);

  /**
   * Checks that this process has the device.
   *
   * @throws IllegalArgumentException if it has not; the message says what to do
   */
  void requireUsable() {
    if (onGpu() && device.index() >= Libtorch.gpus()) {
      throw new IllegalArgumentException(
          "The torch engine cannot use "
              + device
              + ": libtorch sees "
              + Libtorch.gpus()
              + " GPUs; build with the profile cuda-torch, and look with nvidia-smi and ldconfig for"
              + " the driver, cuBLAS, cuSOLVER and cuSPARSE of CUDA 12.9 and cuDNN 9.10");
    }
  }

  boolean onGpu() {
    return device.kind() == Device.Kind.CUDA;
  }

  /** Type of activations and of the weights that convolutions read. */
  ScalarType activations() {
    return precision == Precision.BFLOAT16 ? ScalarType.BFloat16 : ScalarType.Float;
  }

  /** Options of a tensor of the type on the device; belongs to the surrounding scope. */
  TensorOptions options(ScalarType type) {
    DeviceType kind = onGpu() ? DeviceType.CUDA : DeviceType.CPU;
    return new TensorOptions()
        .dtype(new ScalarTypeOptional(type))
        .device(
            new DeviceOptional(
                onGpu()
                    ? new org.bytedeco.pytorch.Device(kind, (byte) device.index())
                    : new org.bytedeco.pytorch.Device(kind)));
  }

  /** Zeros in float32; belongs to the surrounding scope. */
  Tensor zeros(long length) {
    return torch.zeros(new long[] {length}, options(ScalarType.Float));
  }

  /** The tensor on this device, itself if it lies there. */
  Tensor move(Tensor tensor) {
    return onGpu()
        ? tensor.to(options(tensor.scalar_type()), true, false, new MemoryFormatOptional())
        : tensor;
  }
}
