package io.earlybird.model.engine;

import io.earlybird.model.quantization.BlockFloatingPoint;
import io.earlybird.model.quantization.Rounding;
import io.earlybird.model.random.Seeds;
import java.io.Serializable;

/**
 * Stochastic rounding to block floating point inside a step (specification 5.2): outputs of
 * convolutions and inner linear maps, the errors that arrive there, gradients, values, momentum.
 *
 * <p>Replicas compute in float32 on rounded numbers: 8-bit training is emulated.
 *
 * @param wordLength bits of a value; 32 means that nothing is rounded
 * @param seed of the draws
 */
public record Quantization(int wordLength, long seed) implements Serializable {
  /** What is rounded; each has draws of its own. */
  enum Use {
    ACTIVATION(0),
    ERROR(1),
    GRADIENT(2),
    VALUE(3),
    MOMENTUM(4);

    private final int key;

    Use(int key) {
      this.key = key;
    }
  }

  private static final int NO_REPLICA = -1;
  private static final Quantization NONE = new Quantization(32, 0);

  public Quantization {
    if (wordLength < 2 || wordLength > 32) {
      throw new IllegalArgumentException(
          "Invalid word length " + wordLength + ": must be in [2, 32]");
    }
  }

  /** Nothing is rounded. */
  public static Quantization none() {
    return NONE;
  }

  /** Whether values are rounded. */
  public boolean rounds() {
    return wordLength < 32;
  }

  /**
   * The same words with the draws of one step of one replica.
   *
   * @param epoch 0-based
   * @param step 0-based in the epoch
   * @param replica at least 0
   */
  public Quantization at(int epoch, int step, int replica) {
    return rounds() ? new Quantization(wordLength, Seeds.derive(seed, epoch, step, replica)) : this;
  }

  /**
   * The same words with the draws for the mean of the replicas.
   *
   * @param epoch 0-based
   * @param step after the last of the round, 0-based in the epoch
   */
  public Quantization ofMean(int epoch, int step) {
    return at(epoch, step, NO_REPLICA);
  }

  BlockFloatingPoint words() {
    return BlockFloatingPoint.ofBits(wordLength);
  }

  /** Draws for tensors in the layout of a network, by the index in it. */
  Rounding rounding(Use use) {
    return Rounding.stochastic(Seeds.derive(seed, use.key));
  }

  /**
   * Draws for what a node puts out or gets back, by the index in [N, C, H, W].
   *
   * @param node its position in the network
   */
  Rounding rounding(Use use, int node) {
    return Rounding.stochastic(Seeds.derive(seed, use.key, node));
  }
}
