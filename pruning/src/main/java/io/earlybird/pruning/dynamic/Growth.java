package io.earlybird.pruning.dynamic;

/** Which inactive weights are grown, those that have just been dropped included. */
public enum Growth {
  /** The largest |v|. */
  MOMENTUM,
  /** As {@link NeuronGrowth} says: shared among the output channels of a layer by their |v|. */
  MOMENTUM_NEURON,
  /** The largest |gradient| of the loss on some batches. */
  GRADIENT,
  /** Any, with equal chances. */
  RANDOM
}
