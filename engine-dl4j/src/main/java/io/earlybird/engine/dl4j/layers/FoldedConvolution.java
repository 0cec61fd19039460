package io.earlybird.engine.dl4j.layers;

import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.BETA;
import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GAMMA;
import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GLOBAL_MEAN;
import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GLOBAL_VAR;
import static org.deeplearning4j.nn.params.ConvolutionParamInitializer.BIAS_KEY;
import static org.deeplearning4j.nn.params.ConvolutionParamInitializer.WEIGHT_KEY;

import io.earlybird.engine.dl4j.kernels.ConvolutionGeometry;
import io.earlybird.engine.dl4j.kernels.FoldedConvolutionKernel;
import io.earlybird.engine.dl4j.kernels.Kernels;
import io.earlybird.model.network.BatchNorm;
import java.util.function.LongSupplier;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * A convolution and the batch norm that alone reads it, as one convolution for evaluation.
 *
 * <p>With r = gamma / sqrt(var + 1e-5): w' = r * w and b' = beta + r * (b - mean), folded and
 * packed when the values or the geometry have changed, not for each batch. The batch norm then
 * hands on what it gets.
 */
public final class FoldedConvolution {
  /** Owner of the memory for w', which all convolutions of a graph use in turn. */
  private static final Object SHARED = new Object();

  private final NhwcConvolutionLayer convolution;
  private final NhwcBatchNormLayer batchNorm;
  private final LongSupplier version;
  private ConvolutionGeometry foldedGeometry;
  private long foldedVersion;

  private FoldedConvolution(
      NhwcConvolutionLayer convolution, NhwcBatchNormLayer batchNorm, LongSupplier version) {
    this.convolution = convolution;
    this.batchNorm = batchNorm;
    this.version = version;
  }

  /**
   * Makes two layers of a graph with a workbench evaluate as one.
   *
   * @param convolution name of a layer that only the batch norm reads
   * @param batchNorm name of the batch norm
   * @param version a number that changes whenever values of the graph change
   */
  public static void link(
      ComputationGraph graph, String convolution, String batchNorm, LongSupplier version) {
    NhwcConvolutionLayer source = (NhwcConvolutionLayer) graph.getLayer(convolution);
    NhwcBatchNormLayer reader = (NhwcBatchNormLayer) graph.getLayer(batchNorm);
    source.evaluateBy(new FoldedConvolution(source, reader, version));
    reader.evaluatedBySource();
  }

  INDArray forward(INDArray input, ConvolutionGeometry plain, Bench bench, ArraySource arrays) {
    ConvolutionGeometry geometry = plain.withBias();
    Kernels kernels = bench.kernels();
    FoldedConvolutionKernel kernel =
        kernels.foldedConvolution(geometry, batchNorm.layerConf().getFollowing());
    INDArray packed = arrays.keptVector(this, "packed", kernel.packedLength());
    INDArray bias = arrays.keptVector(this, "bias", geometry.outChannels());
    if (!geometry.equals(foldedGeometry) || version.getAsLong() != foldedVersion) {
      fold(kernel, packed, bias, arrays);
      foldedGeometry = geometry;
      foldedVersion = version.getAsLong();
    }
    INDArray output = arrays.output(convolution, geometry.output().nhwc());
    kernel.forward(input, packed, bias, output);
    return output;
  }

  private void fold(
      FoldedConvolutionKernel kernel, INDArray packed, INDArray bias, ArraySource arrays) {
    INDArray weights = convolution.getParam(WEIGHT_KEY);
    INDArray rate = Transforms.sqrt(batchNorm.getParam(GLOBAL_VAR).add(BatchNorm.EPSILON), false);
    batchNorm.getParam(GAMMA).div(rate, rate);
    INDArray folded =
        arrays
            .keptVector(SHARED, "folded kernel", weights.length())
            .reshape(weights.shape())
            .assign(weights);
    folded.reshape(weights.size(0), -1).muliColumnVector(rate);
    kernel.pack(folded, packed);
    bias.assign(batchNorm.getParam(GLOBAL_MEAN)).negi();
    if (convolution.layerConf().hasBias()) {
      bias.addi(convolution.getParam(BIAS_KEY));
    }
    bias.muli(rate).addi(batchNorm.getParam(BETA));
  }
}
