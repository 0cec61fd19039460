package io.earlybird.engine.dl4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.engine.dl4j.kernels.Arrival;
import io.earlybird.engine.dl4j.kernels.ConvolutionGeometry;
import io.earlybird.engine.dl4j.kernels.Dims;
import io.earlybird.engine.dl4j.kernels.HostThreads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Beside oneDNN's convolution, which the reference engine has judged. */
class OneDnnWinogradTest {
  /** Share of the largest value; float32 has 6e-8, the maps to points and back lose a factor. */
  private static final double ROUNDING = 1e-5;

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 4, 4, 1",
    "2, 3, 5, 4, 7, 1",
    "1, 2, 2, 1, 2, 1",
    "3, 16, 8, 8, 5, 2",
    "5, 7, 16, 14, 13, 3",
    "40, 3, 4, 5, 8, 2",
    "6, 64, 64, 16, 16, 2"
  })
  void agreesWithTheConvolution(int batch, int in, int out, int height, int width, int threads) {
    ConvolutionSample sample = sample(batch, in, out, height, width);
    INDArray[] expected = direct(sample);
    INDArray[] found = winograd(sample, threads);
    for (int i = 0; i < found.length; i++) {
      double largest = expected[i].amaxNumber().doubleValue();
      assertThat(largest).isPositive();
      assertThat(found[i].sub(expected[i]).amaxNumber().doubleValue())
          .isCloseTo(0, within(largest * ROUNDING));
    }
  }

  @Test
  void numberOfThreadsDoesNotChangeBits() {
    ConvolutionSample sample = sample(12, 17, 9, 9, 6);
    INDArray[] one = winograd(sample, 1);
    for (int threads : new int[] {2, 3, 50}) {
      INDArray[] more = winograd(sample, threads);
      for (int i = 0; i < one.length; i++) {
        assertThat(more[i]).isEqualTo(one[i]);
      }
    }
  }

  @Test
  void leavesOutAnInputGradientThatNobodyNeeds() {
    ConvolutionSample sample = sample(4, 5, 6, 8, 8);
    INDArray dWeights = Nd4j.create(DataType.FLOAT, sample.weights().shape());
    try (HostThreads threads = new HostThreads(2);
        Context context = new Context(DataType.FLOAT, threads);
        OneDnnWinograd winograd = new OneDnnWinograd(context, sample.geometry())) {
      winograd.backward(
          sample.x(), sample.weights(), sample.dy(), dWeights, null, null, Arrival.REPLACING);
    }
    assertThat(dWeights).isEqualTo(winograd(sample, 2)[1]);
  }

  private static ConvolutionSample sample(int batch, int in, int out, int height, int width) {
    Dims dims = new Dims(batch, in, height, width);
    return ConvolutionSample.of(new ConvolutionGeometry(dims, out, 3, 1, 1, false));
  }

  private static INDArray[] direct(ConvolutionSample sample) {
    try (Context context = new Context(DataType.FLOAT, HostThreads.one());
        OneDnnConvolution direct = new OneDnnConvolution(context, sample.geometry())) {
      return sample.results(direct, Arrival.REPLACING);
    }
  }

  /** Of a second pass. */
  private static INDArray[] winograd(ConvolutionSample sample, int count) {
    try (HostThreads threads = new HostThreads(count);
        Context context = new Context(DataType.FLOAT, threads);
        OneDnnWinograd winograd = new OneDnnWinograd(context, sample.geometry())) {
      sample.results(winograd, Arrival.REPLACING);
      return sample.results(winograd, Arrival.REPLACING);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "32, 64, 64, 32, 3, 1, 1, true",
    "8, 512, 512, 7, 3, 1, 1, false",
    "16, 512, 512, 7, 3, 1, 1, true",
    "32, 512, 512, 4, 3, 1, 1, true",
    "512, 512, 512, 2, 3, 1, 1, false",
    "8, 48, 48, 56, 3, 1, 1, false",
    "32, 64, 3, 32, 3, 1, 1, false",
    "8, 64, 64, 56, 3, 2, 1, false",
    "8, 64, 64, 56, 1, 1, 0, false",
    "8, 64, 64, 56, 5, 1, 2, false",
    "167, 64, 64, 223, 3, 1, 1, true",
    "168, 64, 64, 224, 3, 1, 1, false"
  })
  void takesWideLayersOfLargeBatches(
      int batch, int in, int out, int size, int extent, int stride, int padding, boolean taken) {
    ConvolutionGeometry geometry =
        new ConvolutionGeometry(
            new Dims(batch, in, size, size), out, extent, stride, padding, false);
    assertThat(OneDnnWinograd.computes(DataType.FLOAT, geometry)).isEqualTo(taken);
    assertThat(OneDnnWinograd.computes(DataType.BFLOAT16, geometry)).isFalse();
    assertThat(OneDnnWinograd.computes(DataType.FLOAT, geometry.withBias())).isFalse();
  }
}
