package io.earlybird.engine.dl4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.engine.dl4j.kernels.Arrival;
import io.earlybird.engine.dl4j.kernels.ConvolutionGeometry;
import io.earlybird.engine.dl4j.kernels.ConvolutionKernel;
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
    Sample sample = new Sample(batch, in, out, height, width);
    INDArray[] expected = sample.direct();
    INDArray[] found = sample.winograd(threads);
    for (int i = 0; i < found.length; i++) {
      double largest = expected[i].amaxNumber().doubleValue();
      assertThat(largest).isPositive();
      assertThat(found[i].sub(expected[i]).amaxNumber().doubleValue())
          .isCloseTo(0, within(largest * ROUNDING));
    }
  }

  @Test
  void numberOfThreadsDoesNotChangeBits() {
    Sample sample = new Sample(12, 17, 9, 9, 6);
    INDArray[] one = sample.winograd(1);
    for (int threads : new int[] {2, 3, 50}) {
      INDArray[] more = sample.winograd(threads);
      for (int i = 0; i < one.length; i++) {
        assertThat(more[i]).isEqualTo(one[i]);
      }
    }
  }

  @Test
  void leavesOutAnInputGradientThatNobodyNeeds() {
    Sample sample = new Sample(4, 5, 6, 8, 8);
    INDArray dWeights = Nd4j.create(DataType.FLOAT, sample.weights.shape());
    try (HostThreads threads = new HostThreads(2);
        Context context = new Context(DataType.FLOAT, threads);
        OneDnnWinograd winograd = new OneDnnWinograd(context, sample.geometry)) {
      winograd.backward(
          sample.x, sample.weights, sample.dy, dWeights, null, null, Arrival.REPLACING);
    }
    assertThat(dWeights).isEqualTo(sample.winograd(2)[1]);
  }

  private static final class Sample {
    private final ConvolutionGeometry geometry;
    private final INDArray x;
    private final INDArray weights;
    private final INDArray dy;

    Sample(int batch, int in, int out, int height, int width) {
      geometry = new ConvolutionGeometry(new Dims(batch, in, height, width), out, 3, 1, 1, false);
      x = random(geometry.input().nhwc());
      weights = random(out, in, 3, 3);
      dy = random(geometry.output().nhwc());
    }

    private static INDArray random(long... shape) {
      return Nd4j.rand(DataType.FLOAT, shape).subi(0.5);
    }

    INDArray[] direct() {
      try (Context context = new Context(DataType.FLOAT, HostThreads.one());
          OneDnnConvolution direct = new OneDnnConvolution(context, geometry)) {
        return results(direct);
      }
    }

    INDArray[] winograd(int count) {
      try (HostThreads threads = new HostThreads(count);
          Context context = new Context(DataType.FLOAT, threads);
          OneDnnWinograd winograd = new OneDnnWinograd(context, geometry)) {
        return results(winograd);
      }
    }

    /** Output, gradient of the kernel, gradient of the input; of a second pass. */
    private INDArray[] results(ConvolutionKernel kernel) {
      INDArray y = Nd4j.create(DataType.FLOAT, geometry.output().nhwc());
      INDArray dWeights = Nd4j.create(DataType.FLOAT, weights.shape());
      INDArray dx = Nd4j.create(DataType.FLOAT, x.shape());
      for (int pass = 0; pass < 2; pass++) {
        kernel.forward(x, weights, null, y);
        kernel.backward(x, weights, dy, dWeights, null, dx, Arrival.REPLACING);
      }
      return new INDArray[] {y, dWeights, dx};
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
