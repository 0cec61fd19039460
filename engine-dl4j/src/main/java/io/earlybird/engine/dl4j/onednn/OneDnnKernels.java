package io.earlybird.engine.dl4j.onednn;

import io.earlybird.engine.dl4j.kernels.Activation;
import io.earlybird.engine.dl4j.kernels.BatchNormKernel;
import io.earlybird.engine.dl4j.kernels.ChannelKernel;
import io.earlybird.engine.dl4j.kernels.ConvolutionGeometry;
import io.earlybird.engine.dl4j.kernels.ConvolutionKernel;
import io.earlybird.engine.dl4j.kernels.Dims;
import io.earlybird.engine.dl4j.kernels.FoldedConvolutionKernel;
import io.earlybird.engine.dl4j.kernels.HostThreads;
import io.earlybird.engine.dl4j.kernels.Kernels;
import io.earlybird.engine.dl4j.kernels.LinearKernel;
import io.earlybird.engine.dl4j.kernels.NormalizedProductKernel;
import io.earlybird.engine.dl4j.kernels.PoolGeometry;
import io.earlybird.engine.dl4j.kernels.PoolKernel;
import io.earlybird.engine.dl4j.kernels.ReluKernel;
import io.earlybird.engine.dl4j.kernels.SumKernel;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Kernels of the processor, by oneDNN.
 *
 * <p>Primitives are compiled once per extents and shared by all layers of those extents. The number
 * of OpenMP threads of the calling thread at that moment is compiled in. Owns a oneDNN engine, a
 * stream, all primitives and the scratch memory until closed.
 */
public final class OneDnnKernels implements Kernels {
  /** Floats of a 64-byte register. */
  private static final int VECTOR = 16;

  private static final int HALF_VECTOR = 8;

  private final Context context;
  private final KernelCache cache = new KernelCache();
  private final ChannelKernel channels;

  private record FoldedKey(ConvolutionGeometry geometry, Activation activation) {}

  private record NormalizedKey(ConvolutionGeometry geometry) {}

  private record BatchNormKey(Dims dims, Activation activation) {}

  private record ReluKey(Dims dims) {}

  private record SumKey(Dims dims, Activation activation) {}

  private record LinearKey(int batch, int in, int out) {}

  /**
   * Kernels for activations of that type; parameters, their gradients and statistics are float32.
   *
   * @param type FLOAT or BFLOAT16
   * @param threads for passes over memory that no primitive does; closed by the caller
   */
  public OneDnnKernels(DataType type, HostThreads threads) {
    context = new Context(type, threads);
    channels =
        type == DataType.BFLOAT16 ? new HostBfloat16Channels(threads) : new HostChannels(threads);
  }

  @Override
  public DataType activationType() {
    return context.type();
  }

  /**
   * 8, or a multiple of 16: oneDNN's batch norm, which reads and writes nothing but memory, takes
   * up to ten times as long for other widths, and convolutions lose what their vectors do not fill
   * anyway.
   */
  @Override
  public int likedChannels(int channels) {
    if (channels == 1) {
      return channels;
    }
    return channels <= HALF_VECTOR ? HALF_VECTOR : (channels + VECTOR - 1) / VECTOR * VECTOR;
  }

  @Override
  public ConvolutionKernel convolution(ConvolutionGeometry geometry) {
    if (OneDnnPointwise.computes(context.type(), geometry)) {
      return cache.get(
          geometry, OneDnnPointwise.class, () -> new OneDnnPointwise(context, geometry));
    }
    if (OneDnnStridedPointwise.computes(context.type(), geometry)) {
      return cache.get(
          geometry,
          OneDnnStridedPointwise.class,
          () -> new OneDnnStridedPointwise(context, geometry));
    }
    if (OneDnnWinograd.computes(context.type(), geometry)) {
      return cache.get(geometry, OneDnnWinograd.class, () -> new OneDnnWinograd(context, geometry));
    }
    if (OneDnnWindowProduct.computes(context.type(), geometry)) {
      return cache.get(
          geometry, OneDnnWindowProduct.class, () -> new OneDnnWindowProduct(context, geometry));
    }
    return oneDnnConvolution(geometry);
  }

  /** Name of oneDNN's implementation of a convolution, for example {@code brgconv:avx512_core}. */
  public String implementationOf(ConvolutionGeometry geometry) {
    return oneDnnConvolution(geometry).implementation();
  }

  private OneDnnConvolution oneDnnConvolution(ConvolutionGeometry geometry) {
    return cache.get(
        geometry, OneDnnConvolution.class, () -> new OneDnnConvolution(context, geometry));
  }

  @Override
  public FoldedConvolutionKernel foldedConvolution(
      ConvolutionGeometry geometry, Activation activation) {
    return cache.get(
        new FoldedKey(geometry, activation),
        OneDnnFoldedConvolution.class,
        () -> new OneDnnFoldedConvolution(context, geometry, activation));
  }

  @Override
  public boolean normalizesProducts() {
    return context.type() == DataType.FLOAT;
  }

  @Override
  public NormalizedProductKernel normalizedProduct(ConvolutionGeometry geometry) {
    return cache.get(
        new NormalizedKey(geometry),
        OneDnnNormalizedProduct.class,
        () -> new OneDnnNormalizedProduct(context, geometry));
  }

  @Override
  public BatchNormKernel batchNorm(Dims dims, Activation activation) {
    return cache.get(
        new BatchNormKey(dims, activation),
        OneDnnBatchNorm.class,
        () -> new OneDnnBatchNorm(context, dims, activation));
  }

  @Override
  public PoolKernel pool(PoolGeometry geometry) {
    return cache.get(geometry, OneDnnPool.class, () -> new OneDnnPool(context, geometry));
  }

  @Override
  public ReluKernel relu(Dims dims) {
    return cache.get(new ReluKey(dims), OneDnnRelu.class, () -> new OneDnnRelu(context, dims));
  }

  @Override
  public SumKernel sum(Dims dims, Activation activation) {
    return cache.get(
        new SumKey(dims, activation),
        OneDnnSum.class,
        () -> new OneDnnSum(context, dims, activation));
  }

  @Override
  public LinearKernel linear(int batch, int in, int out) {
    return cache.get(
        new LinearKey(batch, in, out),
        OneDnnLinear.class,
        () -> new OneDnnLinear(context, batch, in, out));
  }

  @Override
  public ChannelKernel channels() {
    return channels;
  }

  @Override
  public void close() {
    cache.close();
    context.close();
  }
}
