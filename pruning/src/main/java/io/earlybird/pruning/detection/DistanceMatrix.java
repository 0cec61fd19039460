package io.earlybird.pruning.detection;

import io.earlybird.pruning.mask.Mask;
import java.util.List;

/**
 * Pairwise mask distances M[i][j] = d(mask after epoch i + 1, mask after epoch j + 1) (You et al.
 * 2020, Figure 3; specification 1.9): symmetric with zero diagonal.
 *
 * <p>The authors' code stores the similarity 1 - M; this is the distance, as the figure shows.
 */
public final class DistanceMatrix {
  private final double[][] distances;

  private DistanceMatrix(double[][] distances) {
    this.distances = distances;
  }

  /** The matrix of masks, the oldest first. */
  public static DistanceMatrix of(List<Mask> masks) {
    double[][] distances = new double[masks.size()][masks.size()];
    for (int i = 0; i < masks.size(); i++) {
      for (int j = 0; j < i; j++) {
        distances[i][j] = masks.get(i).distance(masks.get(j));
        distances[j][i] = distances[i][j];
      }
    }
    return new DistanceMatrix(distances);
  }

  /** Number of masks. */
  public int size() {
    return distances.length;
  }

  /** One distance, in [0, 1] unless rescaled. */
  public double at(int i, int j) {
    return distances[i][j];
  }

  /** (M - min) / (max - min), the scale of the figure; all zero if max = min. */
  public DistanceMatrix rescaled() {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (double[] row : distances) {
      for (double distance : row) {
        min = Math.min(min, distance);
        max = Math.max(max, distance);
      }
    }
    double[][] scaled = new double[size()][size()];
    for (int i = 0; i < size(); i++) {
      for (int j = 0; j < size(); j++) {
        scaled[i][j] = max == min ? 0 : (distances[i][j] - min) / (max - min);
      }
    }
    return new DistanceMatrix(scaled);
  }
}
