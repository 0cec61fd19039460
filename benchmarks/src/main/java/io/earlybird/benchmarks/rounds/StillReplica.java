package io.earlybird.benchmarks.rounds;

import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Mode;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.StepResult;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A replica whose step computes nothing: what it answers are the loaded values, each moved by noise
 * in proportion to the first pixel of the last batch.
 */
final class StillReplica implements Replica {
  private static final int NOISE = 1 << 16;
  private static final float SPREAD = 1e-3f;

  private final Network network;
  private final Parameters parameters;
  private final Parameters momentum;
  private final float[] noise = new float[NOISE];
  private float scale;

  StillReplica(Network network) {
    this.network = network;
    this.parameters = Parameters.zeros(ParameterLayout.of(network));
    this.momentum = Parameters.zeros(parameters.layout());
    Random random = new Random(1);
    for (int i = 0; i < NOISE; i++) {
      noise[i] = (float) random.nextGaussian() * SPREAD;
    }
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public void load(Parameters values, Parameters velocity) {
    parameters.set(values);
    momentum.set(velocity);
  }

  @Override
  public void readParameters(Parameters into) {
    move(parameters.values(), into.values());
  }

  @Override
  public void readMomentum(Parameters into) {
    move(momentum.values(), into.values());
  }

  private void move(float[] from, float[] to) {
    for (int i = 0; i < from.length; i++) {
      to[i] = from[i] + scale * noise[i & (NOISE - 1)];
    }
  }

  @Override
  public StepResult step(Batch batch, StepRule rule) {
    scale = batch.pixels().get(0);
    return new StepResult(0, 0, batch.size());
  }

  @Override
  public StepResult gradients(Batch batch, double labelSmoothing, Parameters into) {
    throw new UnsupportedOperationException("Cannot compute gradients: the engine stands still");
  }

  @Override
  public float[] logits(Batch batch, Mode mode) {
    throw new UnsupportedOperationException("Cannot compute logits: the engine stands still");
  }

  @Override
  public Map<String, float[]> activations(Batch batch, Set<String> nodes, Mode mode) {
    throw new UnsupportedOperationException("Cannot compute activations: the engine stands still");
  }

  @Override
  public void close() {}
}
