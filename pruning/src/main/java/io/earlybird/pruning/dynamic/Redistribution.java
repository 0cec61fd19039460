package io.earlybird.pruning.dynamic;

/** Where the weights that have been dropped are grown again (specification 4.6). */
public enum Redistribution {
  /** In proportion to the mean |v| of a layer's active weights. */
  MOMENTUM,
  /** In proportion to the mean |w| of a layer's active weights. */
  MAGNITUDE,
  /** In proportion to the number of a layer's active weights. */
  NONZERO,
  /** In proportion to the size of a layer. */
  NONE,
  /** As many in each layer as were dropped there. */
  FIXED;

  private static final int PASSES = 1000;

  /**
   * How many weights each layer grows.
   *
   * <p>want_l = ceil(u_l * (R + adj)), at most cap_l; what is beyond the caps is spread over all
   * layers, full ones included, until nothing is left or 1000 passes are over.
   *
   * @param shares u_l, which add up to 1, or are all 0: then nothing is grown
   * @param budget R + adj
   * @param caps largest number that each layer can grow
   */
  static int[] grown(double[] shares, double budget, double[] caps) {
    int layers = shares.length;
    double[] current = new double[layers];
    for (int l = 0; l < layers; l++) {
      current[l] = Math.max(0, Math.ceil(shares[l] * budget));
    }
    double extra = 0;
    double residual = 1;
    for (int pass = 0; pass < PASSES && residual > 0; pass++) {
      residual = 0;
      for (int l = 0; l < layers; l++) {
        double wanted = current[l] + extra;
        current[l] = Math.min(wanted, caps[l]);
        residual += wanted - current[l];
      }
      extra = residual / layers;
    }
    int[] grown = new int[layers];
    for (int l = 0; l < layers; l++) {
      grown[l] = (int) Math.floor(current[l]);
    }
    return grown;
  }
}
