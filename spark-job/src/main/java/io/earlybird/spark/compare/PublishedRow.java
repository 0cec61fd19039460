package io.earlybird.spark.compare;

/**
 * A row of a published table, with its costs as this project computes them.
 *
 * @param model as the table calls it, for example {@code VGG16}
 * @param dataset for example {@code CIFAR-10}
 * @param method for example {@code EB Train (FF)}
 * @param percent pruning ratio in percent; empty for a network that is not pruned
 * @param top1 retrained accuracy as printed, percent
 * @param petaFlops training FLOPs as printed, 1e15
 * @param joule energy as printed
 * @param recomputedPetaFlops training FLOPs from this project's counts; NaN if no formula is known
 * @param tolerance by which both may differ in 1e15 FLOPs; NaN if no formula is known
 * @param modelledJoule energy by the model, of the recomputed FLOPs; NaN if no formula is known
 */
public record PublishedRow(
    String model,
    String dataset,
    String method,
    String percent,
    double top1,
    double petaFlops,
    double joule,
    double recomputedPetaFlops,
    double tolerance,
    double modelledJoule) {
  /** Whether the costs of the row follow from a known formula. */
  public boolean known() {
    return !Double.isNaN(recomputedPetaFlops);
  }

  /** Whether recomputed and printed FLOPs agree as far as print tells. */
  public boolean agrees() {
    return Math.abs(recomputedPetaFlops - petaFlops) <= tolerance;
  }
}
