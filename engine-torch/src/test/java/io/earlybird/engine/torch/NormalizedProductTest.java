package io.earlybird.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.engine.torch.ForwardPass.Statistics;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.pruning.parity.NodeNetworks;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Four channels into three, of four pixels in two images; the second output is constant. */
class NormalizedProductTest {
  private static final int PIXELS = 4;
  private static final int IN = 4;
  private static final int OUT = 3;

  /** Sums of a few products of numbers of about one, in float32. */
  private static final double ROUNDING = 2e-6;

  private static final double[][] X = {
    {1, 2, 0, 0.5}, {0, 3, 1, 0.5}, {2, 0.5, -1, 0.5}, {-1, 1, 4, 0.5}
  };
  private static final double[][] W = {{1, -0.5, 0.25, 1}, {0, 0, 0, 2}, {0.5, 1, -1, 0}};
  private static final double[][] G = {{1, 0.5, -1}, {0, 2, 1}, {-2, 1, 0.5}, {0.5, -1, 3}};
  private static final double[] GAMMA = {1, 0.5, 2};
  private static final double[] BETA = {0, 1, -1};

  private final Convolution convolution = new Convolution("c", "first", OUT, 1, 1, 0);
  private final BatchNorm batchNorm = new BatchNorm("bn", "c", 1);
  private final Network network = NodeNetworks.around("n", 4, 4, convolution, batchNorm);
  private PointerScope scope;
  private Tensors tensors;
  private FusedOperators fused;
  private NormalizedProduct product;

  @BeforeAll
  static void load() {
    Libtorch.load();
  }

  @BeforeEach
  void open() {
    scope = new PointerScope();
    tensors = new Tensors(ParameterLayout.of(network), Placement.FLOATS);
    fused = new FusedOperators();
    product = new NormalizedProduct(tensors, fused);
    value("c.weight").copy_(AbstractTensor.create(flat(W), OUT, IN, 1, 1));
    value("bn.weight").copy_(AbstractTensor.create(flat(GAMMA)));
    value("bn.bias").copy_(AbstractTensor.create(flat(BETA)));
    value("bn.running_mean").copy_(AbstractTensor.create(10f, 20f, 30f));
    value("bn.running_var").copy_(AbstractTensor.create(1f, 2f, 3f));
  }

  @AfterEach
  void close() {
    fused.close();
    tensors.close();
    scope.close();
  }

  private Tensor value(String name) {
    return tensors.named(name).value();
  }

  /** Rows of pixels as two images. */
  private static Tensor images(double[][] pixels) {
    return AbstractTensor.create(flat(pixels), 2, 2, 1, pixels[0].length).permute(0, 3, 1, 2);
  }

  private static float[] flat(double[]... rows) {
    float[] flat = new float[rows.length * rows[0].length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) rows[i / rows[0].length][i % rows[0].length];
    }
    return flat;
  }

  /** In the order of memory. */
  private static void assertValues(Tensor found, double tolerance, double[]... expected) {
    float[] values = new float[(int) found.numel()];
    found.permute(0, 2, 3, 1).contiguous().data_ptr_float().get(values);
    for (int i = 0; i < values.length; i++) {
      double value = expected[i / expected[0].length][i % expected[0].length];
      assertThat((double) values[i]).isCloseTo(value, within(tolerance * (1 + Math.abs(value))));
    }
  }

  private static void assertVector(Tensor found, double tolerance, double... expected) {
    assertValues(found.view(1, 1, 1, -1), tolerance, expected);
  }

  /** Batch normalization of y = x W', and its way back, step by step in double precision. */
  private static final class Direct {
    final double[] mean = new double[OUT];
    final double[] variance = new double[OUT];
    final double[][] z = new double[PIXELS][OUT];
    final double[] gamma = new double[OUT];
    final double[] beta = new double[OUT];
    final double[][] weight = new double[OUT][IN];
    final double[][] inner = new double[PIXELS][IN];

    Direct(double[][] x) {
      for (int o = 0; o < OUT; o++) {
        channel(x, o);
      }
    }

    private void channel(double[][] x, int o) {
      double[] y = new double[PIXELS];
      for (int p = 0; p < PIXELS; p++) {
        for (int i = 0; i < IN; i++) {
          y[p] += x[p][i] * W[o][i];
        }
        mean[o] += y[p] / PIXELS;
      }
      for (double value : y) {
        variance[o] += (value - mean[o]) * (value - mean[o]) / PIXELS;
      }
      double rate = 1 / Math.sqrt(variance[o] + 1e-5);
      for (int p = 0; p < PIXELS; p++) {
        z[p][o] = GAMMA[o] * rate * (y[p] - mean[o]) + BETA[o];
        beta[o] += G[p][o];
        gamma[o] += G[p][o] * rate * (y[p] - mean[o]);
      }
      for (int p = 0; p < PIXELS; p++) {
        double normalized = rate * (y[p] - mean[o]);
        double dy = GAMMA[o] * rate * (G[p][o] - beta[o] / PIXELS - normalized * gamma[o] / PIXELS);
        for (int i = 0; i < IN; i++) {
          weight[o][i] += dy * x[p][i];
          inner[p][i] += dy * W[o][i];
        }
      }
    }
  }

  private NormalizedProduct.Batch batch(Tensor x, Statistics statistics) {
    return product.there(convolution, batchNorm, x, statistics);
  }

  @Test
  void theOutputIsThatOfTheBatchNorm() {
    Tensor x = images(X);
    NormalizedProduct.Batch batch = batch(x, Statistics.BATCH);
    // the second channel is constant: its differences from beta are rounding times 1 / sqrt(1e-5)
    assertValues(product.output(batch, batchNorm, x), 320 * ROUNDING, new Direct(X).z);
    assertVector(value("bn.running_mean"), 0, 10, 20, 30);
    assertVector(value("bn.running_var"), 0, 1, 2, 3);
  }

  @Test
  void runningStatisticsMoveTowardsTheMeanAndTheUnbiasedVariance() {
    batch(images(X), Statistics.BATCH_MOVING);
    Direct direct = new Direct(X);
    double[] means = new double[OUT];
    double[] variances = new double[OUT];
    for (int o = 0; o < OUT; o++) {
      means[o] = 0.9 * 10 * (o + 1) + 0.1 * direct.mean[o];
      variances[o] = 0.9 * (o + 1) + 0.1 * direct.variance[o] * PIXELS / (PIXELS - 1);
    }
    assertVector(value("bn.running_mean"), ROUNDING, means);
    assertVector(value("bn.running_var"), ROUNDING, variances);
  }

  @Test
  void theWayBackIsThatThroughBatchNormAndConvolution() {
    Tensor x = images(X);
    Tensor gradient = images(G);
    NormalizedProduct.Back back = product.back(batch(x, Statistics.BATCH), x, gradient);
    Direct direct = new Direct(X);
    assertVector(back.beta(), ROUNDING, direct.beta);
    assertVector(back.gamma(), 320 * ROUNDING, direct.gamma);
    assertValues(back.weight(), 320 * ROUNDING, direct.weight);
    assertValues(product.inner(back, x, gradient), 320 * ROUNDING, direct.inner);
  }

  @Test
  void theGradientOfTheInputIsAddedToWhatHasArrived() {
    Tensor x = images(X);
    Tensor gradient = images(G);
    NormalizedProduct.Back back = product.back(batch(x, Statistics.BATCH), x, gradient);
    Tensor arrived =
        images(new double[][] {{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 8, 7, 6}, {5, 4, 3, 2}});
    Tensor sum = product.inner(back, x, gradient).add(arrived);
    product.addInner(back, x, gradient, arrived);
    assertThat(arrived.allclose(sum, 1e-5, 1e-4, false)).isTrue();
  }

  @Test
  void channelsWithoutVarianceStayFinite() {
    double[] large = {1000.1, -999.9, 77.7, 0.3};
    Tensor x = images(new double[][] {large, large, large, large});
    Tensor gradient = images(G);
    NormalizedProduct.Batch batch = batch(x, Statistics.BATCH_MOVING);
    NormalizedProduct.Back back = product.back(batch, x, gradient);
    for (Tensor found :
        new Tensor[] {
          product.output(batch, batchNorm, x),
          product.inner(back, x, gradient),
          back.weight(),
          back.gamma(),
          back.beta(),
          value("bn.running_mean"),
          value("bn.running_var")
        }) {
      assertThat(Float.isFinite(found.sum().item_float())).isTrue();
    }
  }
}
