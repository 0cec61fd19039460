package io.earlybird.engine.dl4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.engine.dl4j.kernels.Arrival;
import io.earlybird.engine.dl4j.kernels.ConvolutionGeometry;
import io.earlybird.engine.dl4j.kernels.Dims;
import io.earlybird.engine.dl4j.kernels.HostThreads;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Beside oneDNN's convolution, which the reference engine has judged. */
class OneDnnStridedPointwiseTest {
  /** Sums of at most 67 products of values below 1/2, or of 75 of them, in float32. */
  private static final double ROUNDING = 1e-4;

  @ParameterizedTest
  @CsvSource({"2, 3, 5, 6, 7, 2", "1, 1, 1, 2, 1, 2", "3, 16, 32, 8, 9, 2", "2, 13, 67, 9, 7, 3"})
  void agreesWithTheConvolution(int batch, int in, int out, int height, int width, int stride) {
    Dims dims = new Dims(batch, in, height, width);
    ConvolutionGeometry geometry = new ConvolutionGeometry(dims, out, 1, stride, 0, false);
    ConvolutionSample sample = ConvolutionSample.of(geometry);
    try (HostThreads threads = new HostThreads(2);
        Context context = new Context(DataType.FLOAT, threads);
        OneDnnConvolution direct = new OneDnnConvolution(context, geometry);
        OneDnnStridedPointwise product = new OneDnnStridedPointwise(context, geometry)) {
      assertThat(product.addsToInputGradient()).isTrue();
      INDArray[] expected = sample.results(direct, Arrival.REPLACING);
      INDArray[] replaced = sample.results(product, Arrival.REPLACING);
      INDArray[] added = sample.results(product, Arrival.ADDING);
      for (int i = 0; i < expected.length; i++) {
        assertClose(replaced[i], expected[i]);
        assertThat(expected[i].amaxNumber().doubleValue()).isPositive();
      }
      assertClose(added[2].sub(1), expected[2]);
    }
  }

  private static void assertClose(INDArray found, INDArray expected) {
    assertThat(found.sub(expected).amaxNumber().doubleValue()).isCloseTo(0, within(ROUNDING));
  }

  @ParameterizedTest
  @CsvSource({
    "256, 512, 14, 1, 2, 0, true",
    "64, 128, 14, 1, 2, 0, true",
    "32, 64, 14, 1, 2, 0, false",
    "256, 512, 15, 1, 2, 0, false",
    "256, 512, 14, 1, 1, 0, false",
    "256, 512, 14, 1, 2, 1, false",
    "256, 512, 14, 3, 2, 0, false"
  })
  void takesWideKernelsOfOnePixel(
      int in, int out, int height, int extent, int stride, int padding, boolean taken) {
    ConvolutionGeometry geometry =
        new ConvolutionGeometry(new Dims(8, in, height, 14), out, extent, stride, padding, false);
    assertThat(OneDnnStridedPointwise.computes(DataType.FLOAT, geometry)).isEqualTo(taken);
    assertThat(OneDnnStridedPointwise.computes(DataType.BFLOAT16, geometry)).isFalse();
    assertThat(OneDnnStridedPointwise.computes(DataType.FLOAT, geometry.withBias())).isFalse();
  }
}
