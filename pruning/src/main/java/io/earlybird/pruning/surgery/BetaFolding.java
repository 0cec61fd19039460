package io.earlybird.pruning.surgery;

import io.earlybird.model.network.Add;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.IndexedAdd;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import io.earlybird.model.network.Shape;
import io.earlybird.model.parameters.ParameterLayout;
import java.util.Arrays;
import java.util.List;

/**
 * Makes a cut network compute, in evaluation, what the dense network computes when only the masked
 * gammas are zero and their betas stay (specification 2.2).
 *
 * <p>A masked channel is then the constant relu(beta), or beta without a ReLU, and shifts what
 * reads it: shift[o] = sum over removed c of constant_c * sum over taps of W[o, c, a, b]. The shift
 * goes into the reader's bias, or into the running mean of the batch norm behind a convolution
 * without bias: mean[o] - shift[o]. In training that batch norm removes the shift by itself.
 *
 * <p>Behind zero padding the shift depends on the position: taps that fall outside the image meet
 * zeros. {@link #shiftMap} gives the exact map; the folded number is its interior value, which is
 * exact where the window does not touch the padding, and always for 1x1 kernels and linear nodes.
 */
public final class BetaFolding {
  private final Network dense;
  private final double[] values;
  private final Cut cut;
  private final ParameterLayout denseLayout;
  private final ParameterLayout smallLayout;
  private final ConstantChannels constants;

  /**
   * Prepares folding.
   *
   * @param dense the network before the cut
   * @param values its values, in its layout, betas of masked channels included
   * @param cut its cut
   */
  public BetaFolding(Network dense, double[] values, Cut cut) {
    this.dense = dense;
    this.values = values;
    this.cut = cut;
    this.denseLayout = ParameterLayout.of(dense);
    this.smallLayout = ParameterLayout.of(cut.network());
    this.constants = new ConstantChannels(dense, values, cut.masked());
  }

  /**
   * Values of the cut network with all shifts folded in.
   *
   * @return in the layout of the cut network
   * @throws IllegalArgumentException if a shift has no bias or running mean to go into, or a
   *     removed channel was added into a stream that goes on ({@link GroupRule#SCATTER})
   */
  public double[] fold() {
    double[] folded = cut.values(values);
    restoreKeptBetas(folded);
    for (Node node : dense.nodes()) {
      if (node instanceof Add && cut.network().node(node.name()) instanceof IndexedAdd) {
        requireNothingLost(node);
      } else if (node instanceof Linear linear) {
        move(folded, linear.biasName(), shifts(linear.weight(), linear.source(), 1), 1);
      } else if (node instanceof Convolution convolution) {
        fold(convolution, folded);
      }
    }
    return folded;
  }

  /** Members that are masked but kept have gamma 0 and their own beta. */
  private void restoreKeptBetas(double[] folded) {
    for (BatchNorm norm : cut.network().nodes(BatchNorm.class)) {
      ParameterLayout.Entry beta = smallLayout.entry(norm.beta());
      for (int i = beta.offset(); i < beta.end(); i++) {
        folded[i] = values[cut.source(i)];
      }
    }
  }

  private void fold(Convolution convolution, double[] folded) {
    int taps = convolution.kernel() * convolution.kernel();
    double[] shifts = shifts(convolution.weight(), convolution.source(), taps);
    List<String> readers = dense.readers(convolution.name());
    if (convolution.bias()) {
      move(folded, convolution.biasName(), shifts, 1);
    } else if (readers.size() == 1 && dense.node(readers.get(0)) instanceof BatchNorm norm) {
      move(folded, norm.runningMean(), shifts, -1);
    } else if (Arrays.stream(shifts).anyMatch(shift -> shift != 0)) {
      throw new IllegalArgumentException(
          "Cannot fold betas into "
              + convolution.name()
              + ": it has no bias and is read by "
              + readers
              + ", not by one batch norm; zero the betas instead");
    }
  }

  private void requireNothingLost(Node add) {
    for (String source : add.sources()) {
      for (double constant : constants.of(source)) {
        if (!Double.isNaN(constant) && constant != 0) {
          throw new IllegalArgumentException(
              "Cannot fold betas into stream "
                  + add.name()
                  + ": "
                  + source
                  + " adds the constant "
                  + constant
                  + "; cut with surgery union");
        }
      }
    }
  }

  /** Adds sign * shift to each value of a vector of the cut network. */
  private void move(double[] folded, String tensor, double[] shifts, int sign) {
    ParameterLayout.Entry small = smallLayout.entry(tensor);
    int denseOffset = denseLayout.entry(tensor).offset();
    for (int i = small.offset(); i < small.end(); i++) {
      folded[i] += sign * shifts[cut.source(i) - denseOffset];
    }
  }

  /** Shift of each dense output, all taps inside the image. */
  private double[] shifts(String weight, String source, int taps) {
    double[] removed = removed(weight, source, taps);
    ParameterLayout.Entry entry = denseLayout.entry(weight);
    double[] shifts = new double[entry.spec().extent(0)];
    for (int i = 0; i < entry.length(); i++) {
      int column = i / taps % removed.length;
      shifts[i / taps / removed.length] += removed[column] * values[entry.offset() + i];
    }
    return shifts;
  }

  /** Constant of each input channel that the cut has taken away; 0 for the others. */
  private double[] removed(String weight, String source, int taps) {
    double[] removed = constants.of(source).clone();
    ParameterLayout.Entry small = smallLayout.entry(weight);
    int denseOffset = denseLayout.entry(weight).offset();
    for (int i = 0; i < small.spec().extent(1); i++) {
      int first = cut.source(small.offset() + i * taps) - denseOffset;
      removed[first / taps % removed.length] = 0;
    }
    return removed;
  }

  /**
   * The exact shift of a convolution's output by the channels that the cut has taken away.
   *
   * @return [O, H, W] over the dense output channels
   */
  public double[] shiftMap(String convolution) {
    Convolution node = (Convolution) dense.node(convolution);
    Shape in = dense.shape(node.source());
    Shape out = dense.shape(node.name());
    int taps = node.kernel() * node.kernel();
    double[] removed = removed(node.weight(), node.source(), taps);
    int weights = denseLayout.entry(node.weight()).offset();
    double[] map = new double[out.elements()];
    for (int i = 0; i < map.length; i++) {
      int top = i % out.pixels() / out.width() * node.stride() - node.padding();
      int left = i % out.width() * node.stride() - node.padding();
      for (int tap = 0; tap < taps; tap++) {
        int row = top + tap / node.kernel();
        int column = left + tap % node.kernel();
        if (row >= 0 && row < in.height() && column >= 0 && column < in.width()) {
          for (int c = 0; c < removed.length; c++) {
            int filter = i / out.pixels() * removed.length + c;
            map[i] += removed[c] * values[weights + filter * taps + tap];
          }
        }
      }
    }
    return map;
  }
}
