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
class OneDnnWindowProductTest {
  /** Sums of at most 13 * 25 products of values below 1/2, in float32. */
  private static final double ROUNDING = 1e-4;

  @ParameterizedTest
  @CsvSource({"2, 3, 5, 4, 3", "1, 1, 1, 1, 3", "3, 13, 7, 2, 5", "4, 6, 16, 3, 3"})
  void agreesWithTheConvolution(int batch, int in, int out, int size, int extent) {
    Dims dims = new Dims(batch, in, size, size + 1);
    ConvolutionGeometry geometry = new ConvolutionGeometry(dims, out, extent, 1, extent / 2, false);
    ConvolutionSample sample = ConvolutionSample.of(geometry);
    try (Context context = new Context(DataType.FLOAT, HostThreads.one());
        OneDnnConvolution direct = new OneDnnConvolution(context, geometry);
        OneDnnWindowProduct product = new OneDnnWindowProduct(context, geometry)) {
      INDArray[] expected = sample.results(direct, Arrival.REPLACING);
      INDArray[] found = sample.results(product, Arrival.REPLACING);
      for (int i = 0; i < found.length; i++) {
        assertThat(found[i].sub(expected[i]).amaxNumber().doubleValue())
            .isCloseTo(0, within(ROUNDING));
        assertThat(expected[i].amaxNumber().doubleValue()).isPositive();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "512, 512, 4, 3, 1, 1, true",
    "512, 512, 5, 3, 1, 1, false",
    "512, 512, 4, 3, 2, 1, false",
    "512, 512, 4, 3, 1, 0, false",
    "512, 512, 4, 1, 1, 0, false",
    "64, 64, 4, 3, 1, 1, false"
  })
  void takesLargeKernelsOnSmallImages(
      int in, int out, int size, int extent, int stride, int padding, boolean taken) {
    ConvolutionGeometry geometry =
        new ConvolutionGeometry(new Dims(8, in, size, size), out, extent, stride, padding, false);
    assertThat(OneDnnWindowProduct.computes(DataType.FLOAT, geometry)).isEqualTo(taken);
    assertThat(OneDnnWindowProduct.computes(DataType.BFLOAT16, geometry)).isFalse();
    assertThat(OneDnnWindowProduct.computes(DataType.FLOAT, geometry.withBias())).isFalse();
  }
}
