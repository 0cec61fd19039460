package io.earlybird.model.reparametrization;

/**
 * A {@link Reparametrization} for one layout, as one replica follows it from step to step.
 *
 * <p>May remember something of earlier steps; a replica whose values have been replaced begins with
 * a new one.
 */
public interface WeightMap {
  /**
   * Before the forward pass.
   *
   * @param stored values of the layout; auxiliary ones may be changed
   * @param effective a copy of them, whose weights become the effective ones
   */
  void toEffective(Numbers stored, Numbers effective);

  /**
   * After the backward pass.
   *
   * @param stored as {@link #toEffective} has left them
   * @param gradient with respect to the effective values; becomes that with respect to the stored
   *     ones, terms of a penalty included
   * @param weightDecay that the update will add to it
   */
  void pullBack(Numbers stored, Numbers gradient, double weightDecay);
}
