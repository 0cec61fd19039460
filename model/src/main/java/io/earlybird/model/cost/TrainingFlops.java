package io.earlybird.model.cost;

/**
 * FLOPs of whole trainings, 3 * images * epochs * forward FLOPs of one image, in the convention of
 * the forward figures that go in (specification 1.10).
 *
 * <p>Operations in 8 and in 32 bits count the same. All figures are doubles, because an ImageNet
 * training is beyond what a {@code long} holds comfortably.
 *
 * @param images D, number of training images
 */
public record TrainingFlops(long images) {
  public TrainingFlops {
    if (images < 1) {
      throw new IllegalArgumentException("Invalid number of images " + images);
    }
  }

  /** Epochs of one network. */
  public double epochs(double epochs, double forwardFlops) {
    return OperationCount.TRAINING_FACTOR * (double) images * epochs * forwardFlops;
  }

  /**
   * Early-Bird training: {@code searchEpochs} of the dense network, the rest of {@code epochs} of
   * the ticket.
   */
  public double earlyBird(double searchEpochs, double epochs, double dense, double ticket) {
    return epochs(searchEpochs, dense) + epochs(epochs - searchEpochs, ticket);
  }

  /** Early-Bird with a fresh initialization of the ticket, trained for all {@code epochs}. */
  public double earlyBirdReinitialized(
      double searchEpochs, double epochs, double dense, double ticket) {
    return epochs(searchEpochs, dense) + epochs(epochs, ticket);
  }

  /** One-shot lottery ticket: two dense trainings, because nothing gets smaller. */
  public double lotteryTicket(double epochs, double dense) {
    return epochs(2 * epochs, dense);
  }

  /** SNIP: one masked, hence dense, training. */
  public double snip(double epochs, double dense) {
    return epochs(epochs, dense);
  }

  /** Train, prune, retrain for as long: network slimming, ThiNet, soft filter pruning. */
  public double trainPruneRetrain(double epochs, double dense, double pruned) {
    return epochs(epochs, dense) + epochs(epochs, pruned);
  }
}
