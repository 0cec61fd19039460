package io.earlybird.engine.dl4j.nd4j;

import io.earlybird.engine.dl4j.kernels.Activation;
import io.earlybird.engine.dl4j.kernels.BatchNormKernel;
import io.earlybird.engine.dl4j.kernels.ChannelKernel;
import io.earlybird.engine.dl4j.kernels.ConvolutionGeometry;
import io.earlybird.engine.dl4j.kernels.ConvolutionKernel;
import io.earlybird.engine.dl4j.kernels.Dims;
import io.earlybird.engine.dl4j.kernels.FoldedConvolutionKernel;
import io.earlybird.engine.dl4j.kernels.Kernels;
import io.earlybird.engine.dl4j.kernels.LinearKernel;
import io.earlybird.engine.dl4j.kernels.NormalizedProductKernel;
import io.earlybird.engine.dl4j.kernels.PoolGeometry;
import io.earlybird.engine.dl4j.kernels.PoolKernel;
import io.earlybird.engine.dl4j.kernels.ReluKernel;
import io.earlybird.engine.dl4j.kernels.SumKernel;
import org.nd4j.linalg.api.buffer.DataType;

/** Kernels of whatever back end ND4J has loaded. They hold nothing. */
public final class Nd4jKernels implements Kernels {
  @Override
  public DataType activationType() {
    return DataType.FLOAT;
  }

  /** As many as are needed: what ND4J's operations gain from more has not been measured. */
  @Override
  public int likedChannels(int channels) {
    return channels;
  }

  @Override
  public ConvolutionKernel convolution(ConvolutionGeometry geometry) {
    return new Nd4jConvolution(geometry);
  }

  @Override
  public FoldedConvolutionKernel foldedConvolution(
      ConvolutionGeometry geometry, Activation activation) {
    return new Nd4jFoldedConvolution(geometry, activation);
  }

  @Override
  public boolean normalizesProducts() {
    return false;
  }

  @Override
  public NormalizedProductKernel normalizedProduct(ConvolutionGeometry geometry) {
    throw new UnsupportedOperationException("ND4J has no operation for a normalized product");
  }

  @Override
  public BatchNormKernel batchNorm(Dims dims, Activation activation) {
    return new Nd4jBatchNorm(activation);
  }

  @Override
  public PoolKernel pool(PoolGeometry geometry) {
    return new Nd4jPool(geometry);
  }

  @Override
  public ReluKernel relu(Dims dims) {
    return new Nd4jRelu();
  }

  @Override
  public SumKernel sum(Dims dims, Activation activation) {
    return new Nd4jSum(activation);
  }

  @Override
  public LinearKernel linear(int batch, int in, int out) {
    return new Nd4jLinear(batch, in, out);
  }

  @Override
  public ChannelKernel channels() {
    return new Nd4jChannels();
  }

  @Override
  public void close() {}
}
