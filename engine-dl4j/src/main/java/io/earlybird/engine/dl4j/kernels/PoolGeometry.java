package io.earlybird.engine.dl4j.kernels;

/**
 * A pooling over square windows of a batch.
 *
 * @param kind how a window becomes a value
 * @param input extents of the input
 * @param kernel kH = kW
 * @param stride same for both axes
 * @param padding on each side; 0 for means
 */
public record PoolGeometry(Kind kind, Dims input, int kernel, int stride, int padding) {
  /** How a window becomes a value. */
  public enum Kind {
    /** Largest value; padding counts as minus infinity. */
    MAX,
    /** Mean of the values. */
    AVERAGE
  }

  /** Extents of the output. */
  public Dims output() {
    return new Dims(
        input.batch(),
        input.channels(),
        Extent.of(input.height(), kernel, stride, padding),
        Extent.of(input.width(), kernel, stride, padding));
  }
}
