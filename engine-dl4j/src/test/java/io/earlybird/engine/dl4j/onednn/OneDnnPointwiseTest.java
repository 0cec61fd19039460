package io.earlybird.engine.dl4j.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.engine.dl4j.kernels.Arrival;
import io.earlybird.engine.dl4j.kernels.ConvolutionGeometry;
import io.earlybird.engine.dl4j.kernels.ConvolutionKernel;
import io.earlybird.engine.dl4j.kernels.Dims;
import io.earlybird.engine.dl4j.kernels.HostThreads;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class OneDnnPointwiseTest {
  /** Sums of at most 150 products of values below 1, in float32. */
  private static final double ROUNDING = 1e-4;

  @ParameterizedTest
  @CsvSource({"2, 3, 5, 7", "1, 1, 1, 1", "3, 64, 16, 7", "2, 13, 67, 5"})
  void agreesWithPlainSums(int batch, int in, int out, int size) {
    Dims dims = new Dims(batch, in, size, size);
    ConvolutionGeometry geometry = new ConvolutionGeometry(dims, out, 1, 1, 0, false);
    assertThat(OneDnnPointwise.computes(DataType.FLOAT, geometry)).isTrue();
    INDArray x = Nd4j.rand(DataType.FLOAT, dims.nhwc()).subi(0.5);
    INDArray weights = Nd4j.rand(DataType.FLOAT, out, in, 1, 1).subi(0.5);
    INDArray dy = Nd4j.rand(DataType.FLOAT, geometry.output().nhwc()).subi(0.5);
    INDArray y = Nd4j.create(DataType.FLOAT, geometry.output().nhwc());
    INDArray dWeights = Nd4j.create(DataType.FLOAT, out, in, 1, 1);
    INDArray replaced = Nd4j.ones(DataType.FLOAT, dims.nhwc());
    INDArray added = Nd4j.ones(DataType.FLOAT, dims.nhwc());
    try (OneDnnKernels kernels = new OneDnnKernels(DataType.FLOAT, HostThreads.one())) {
      ConvolutionKernel kernel = kernels.convolution(geometry);
      assertThat(kernel.addsToInputGradient()).isTrue();
      kernel.forward(x, weights, null, y);
      kernel.backward(x, weights, dy, dWeights, null, replaced, Arrival.REPLACING);
      kernel.backward(x, weights, dy, dWeights, null, added, Arrival.ADDING);
    }
    int pixels = batch * size * size;
    double[][] pixelValues = rows(x, pixels, in);
    double[][] matrix = rows(weights, out, in);
    double[][] gradient = rows(dy, pixels, out);
    assertRows(y, product(pixelValues, transposed(matrix)), 0);
    assertRows(dWeights, product(transposed(gradient), pixelValues), 0);
    assertRows(replaced, product(gradient, matrix), 0);
    assertRows(added, product(gradient, matrix), 1);
  }

  private static double[][] rows(INDArray array, int rows, int columns) {
    return array.reshape(rows, columns).toDoubleMatrix();
  }

  private static double[][] transposed(double[][] a) {
    double[][] result = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a[0].length; j++) {
        result[j][i] = a[i][j];
      }
    }
    return result;
  }

  private static double[][] product(double[][] a, double[][] b) {
    double[][] result = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b[0].length; j++) {
        for (int k = 0; k < b.length; k++) {
          result[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return result;
  }

  private static void assertRows(INDArray actual, double[][] expected, double before) {
    double[][] values = rows(actual, expected.length, expected[0].length);
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < expected[0].length; j++) {
        assertThat(values[i][j]).isCloseTo(before + expected[i][j], within(ROUNDING));
      }
    }
  }
}
