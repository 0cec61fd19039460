package io.earlybird.pruning.thinet;

import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Shape;
import java.nio.FloatBuffer;
import java.util.SplittableRandom;

/**
 * Contributions x [M, C] of the channels of a layer to outputs of the next convolution: for an
 * image, a filter and a place drawn at random, x_c is the sum over the window of input_c * W_c.
 */
final class Contributions {
  private final int channels;
  private final int samples;

  /** Channel after channel, M values each. */
  private final double[] values;

  /**
   * Wraps contributions.
   *
   * @param values x in the order [C, M]
   */
  Contributions(int channels, double[] values) {
    this.channels = channels;
    this.samples = values.length / channels;
    this.values = values;
  }

  /**
   * Draws them.
   *
   * @param activations [N, C, H, W] of each batch, input of the convolution
   * @param input shape [C, H, W]
   * @param kernel [O, C, k, k]
   * @param perImage samples of an image
   */
  static Contributions draw(
      Iterable<float[]> activations,
      Shape input,
      Convolution convolution,
      FloatBuffer kernel,
      int perImage,
      SplittableRandom random) {
    int images = 0;
    for (float[] batch : activations) {
      images += batch.length / input.elements();
    }
    int samples = images * perImage;
    double[] values = new double[input.channels() * samples];
    int sample = 0;
    for (float[] batch : activations) {
      for (int image = 0; image < batch.length / input.elements(); image++) {
        for (int i = 0; i < perImage; i++) {
          Window window = Window.draw(convolution, input, random);
          for (int c = 0; c < input.channels(); c++) {
            int plane = image * input.elements() + c * input.pixels();
            values[c * samples + sample] = window.sum(batch, plane, kernel, c);
          }
          sample++;
        }
      }
    }
    return new Contributions(input.channels(), values);
  }

  int channels() {
    return channels;
  }

  int samples() {
    return samples;
  }

  double value(int channel, int sample) {
    return values[channel * samples + sample];
  }

  /** sum over m of x_ma * x_mb. */
  double product(int a, int b) {
    double sum = 0;
    for (int m = 0; m < samples; m++) {
      sum += value(a, m) * value(b, m);
    }
    return sum;
  }

  /**
   * One filter at one place.
   *
   * @param filter o
   * @param top row of the window in the input, may be negative where it is padded
   * @param left column
   */
  private record Window(Convolution convolution, Shape input, int filter, int top, int left) {
    static Window draw(Convolution convolution, Shape input, SplittableRandom random) {
      int padding = convolution.padding();
      int rows = (input.height() + 2 * padding - convolution.kernel()) / convolution.stride() + 1;
      int columns = (input.width() + 2 * padding - convolution.kernel()) / convolution.stride() + 1;
      return new Window(
          convolution,
          input,
          random.nextInt(convolution.outChannels()),
          random.nextInt(rows) * convolution.stride() - padding,
          random.nextInt(columns) * convolution.stride() - padding);
    }

    double sum(float[] batch, int plane, FloatBuffer kernel, int channel) {
      int size = convolution.kernel();
      int taps = (filter * input.channels() + channel) * size * size;
      double sum = 0;
      for (int a = 0; a < size; a++) {
        for (int b = 0; b < size; b++) {
          int row = top + a;
          int column = left + b;
          if (row >= 0 && row < input.height() && column >= 0 && column < input.width()) {
            sum +=
                (double) batch[plane + row * input.width() + column]
                    * kernel.get(taps + a * size + b);
          }
        }
      }
      return sum;
    }
  }
}
