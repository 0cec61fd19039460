package io.earlybird.model.reference;

import io.earlybird.model.network.Input;

/** The images, which the replica has put in place; nothing flows further back. */
record InputOperator(Input node) implements Operator {
  @Override
  public double[] forward(Pass pass) {
    return pass.output(node.name());
  }

  @Override
  public void backward(Pass pass, double[] gradient) {}
}
