package io.earlybird.pruning.dynamic;

/**
 * Fraction of the active weights that is dropped, by the progress u in [0, 1] (specification 4.2,
 * 4.10).
 *
 * @param shape of its decay
 * @param start p at u = 0, in (0, 1)
 * @param end p at u = 1, in [0, 1); that of the linear decay is 0
 */
public record DropRate(Shape shape, double start, double end) {
  /** End of the cosine in the released code of sparse momentum. */
  public static final double SPARSE_MOMENTUM_END = 0.005;

  /** Shapes. */
  public enum Shape {
    /** end + (start - end) * (1 + cos(pi * u)) / 2. */
    COSINE,
    /** start * (1 - u). */
    LINEAR
  }

  public DropRate {
    if (!(start > 0 && start < 1) || !(end >= 0 && end < 1)) {
      throw new IllegalArgumentException(
          "Invalid drop rate from "
              + start
              + " to "
              + end
              + ": must begin in (0, 1) and end in [0, 1)");
    }
  }

  double at(double progress) {
    return switch (shape) {
      case COSINE -> end + (start - end) * (1 + StrictMath.cos(Math.PI * progress)) / 2;
      case LINEAR -> start * (1 - progress);
    };
  }
}
