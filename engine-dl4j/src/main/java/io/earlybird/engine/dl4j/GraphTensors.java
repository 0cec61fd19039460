package io.earlybird.engine.dl4j;

import io.earlybird.model.parameters.Parameters;
import io.earlybird.model.reparametrization.ReparametrizedPasses;

/**
 * Values and gradients of a graph, for effective weights.
 *
 * @param flat where they lie
 */
record GraphTensors(FlatParameters flat) implements ReparametrizedPasses.Tensors {
  @Override
  public void read(Parameters into) {
    flat.read(into);
  }

  @Override
  public void write(Parameters from) {
    flat.load(from);
  }

  @Override
  public void readGradients(Parameters into) {
    flat.readGradients(into);
  }

  @Override
  public void writeGradients(Parameters from) {
    flat.writeGradients(from);
  }
}
