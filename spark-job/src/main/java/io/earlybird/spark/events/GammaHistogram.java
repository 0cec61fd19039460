package io.earlybird.spark.events;

import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.Parameters;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * How the scales of the batch norms are spread: the number of channels with |gamma| in [i * w, (i +
 * 1) * w) for bins i = 0, 1, ..., of width w = {@value #BIN_WIDTH}; the last bin, which begins at
 * 2, takes all that are larger. The bins are the same for every epoch and run, so that they can be
 * laid side by side.
 */
public final class GammaHistogram {
  /** Width of a bin. */
  public static final double BIN_WIDTH = 0.05;

  /** Number of bins, the last one included. */
  public static final int BINS = 41;

  private GammaHistogram() {}

  /** Counts by bin, of all batch norms; empty if there are none. */
  public static List<Integer> of(Network network, Parameters parameters) {
    List<BatchNorm> layers = network.nodes(BatchNorm.class);
    if (layers.isEmpty()) {
      return List.of();
    }
    int[] counts = new int[BINS];
    for (BatchNorm layer : layers) {
      FloatBuffer gamma = parameters.slice(layer.gamma());
      while (gamma.hasRemaining()) {
        counts[bin(Math.abs(gamma.get()))]++;
      }
    }
    return Arrays.stream(counts).boxed().toList();
  }

  private static int bin(double size) {
    return (int) Math.min(BINS - 1, size / BIN_WIDTH);
  }
}
