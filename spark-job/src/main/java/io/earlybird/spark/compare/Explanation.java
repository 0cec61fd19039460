package io.earlybird.spark.compare;

/** What the columns of a comparison mean, in words. */
final class Explanation {
  private Explanation() {}

  static String of(Comparison comparison) {
    boolean averaged = comparison.rows().stream().anyMatch(row -> row.swaTop1().runs() > 0);
    return "Top-1 is that of the result, after the last pruning. "
        + (averaged
            ? "Top-1 of the mean (SWA) is that of the values averaged over the last epochs. "
            : "")
        + "Energy is modelled, not measured."
        + " Sparsity is the share of the dense network's weights in convolutions and linear layers"
        + " that the result lacks, cut out or held at zero. The theoretical speed-up counts MACs of"
        + " active weights; the measured one is training images per second after the cut against"
        + " before it in the same run, and where nothing was cut against "
        + comparison.baseline()
        + ". Drop is the most top-1 that was lost at a pruning, before any training went on; what"
        + " begins anew with fresh or earlier values loses nearly all of it.";
  }
}
