package io.earlybird.benchmarks.contest;

import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Precision;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.spark.batches.NoiseBatch;

/**
 * What a contestant has to train.
 *
 * @param network structure
 * @param values that it starts from; not changed
 * @param batch of every step
 * @param precision arithmetic of an engine
 * @param threads of one step
 */
public record Assignment(
    Network network, Parameters values, Batch batch, Precision precision, int threads) {
  /** A batch of noise for a network with its first values. */
  public static Assignment of(Network network, int batchSize, Precision precision, int threads) {
    return new Assignment(
        network, Subject.values(network), NoiseBatch.of(network, batchSize), precision, threads);
  }
}
