package io.earlybird.engine.torch;

import io.earlybird.engine.torch.Tensors.Parameter;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.model.reparametrization.ReparametrizedPasses;

/**
 * Values and gradients of a replica, for effective weights.
 *
 * @param copies between them and Java
 * @param gradients of the last pass back
 */
record ReplicaTensors(FlatCopy copies, Gradients gradients)
    implements ReparametrizedPasses.Tensors {
  @Override
  public void read(Parameters into) {
    copies.read(into, Parameter::value);
  }

  /** Leaves running statistics, which the forward pass has moved. */
  @Override
  public void write(Parameters from) {
    copies.write(from, parameter -> parameter.trainable() ? parameter.value() : null);
  }

  @Override
  public void readGradients(Parameters into) {
    copies.read(into, gradients::of);
  }

  @Override
  public void writeGradients(Parameters from) {
    copies.write(from, gradients::of);
  }
}
