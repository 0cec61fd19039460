package io.earlybird.engine.torch;

import java.util.Arrays;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;

/**
 * What the steps of a pass have put out, and what the way back needs besides. Owns it, whatever the
 * surrounding scope, until it is dropped.
 */
final class Tape implements AutoCloseable {
  private final ForwardPlan plan;
  private final Tensor[] outputs;
  private final Tensor[][] extras;
  private final boolean back;

  private Tape(ForwardPlan plan, boolean back) {
    this.plan = plan;
    this.outputs = new Tensor[plan.steps().size()];
    this.extras = new Tensor[plan.steps().size()][0];
    this.back = back;
  }

  /** Of a pass that has a way back. */
  static Tape thereAndBack(ForwardPlan plan) {
    return new Tape(plan, true);
  }

  /** Of a pass that has none: it keeps outputs and nothing besides. */
  static Tape oneWay(ForwardPlan plan) {
    return new Tape(plan, false);
  }

  /** What the pass carries out. */
  ForwardPlan plan() {
    return plan;
  }

  /** A step of the plan. */
  ForwardPlan.Step step(int step) {
    return plan.steps().get(step);
  }

  /** Number of steps. */
  int length() {
    return outputs.length;
  }

  /** Keeps the output of a step, which may be the overwritten one of another step. */
  void put(int step, Tensor output) {
    output.retainReference();
    outputs[step] = output;
  }

  /** Keeps what a step needs on the way back besides outputs, if there is one. */
  void keep(int step, Tensor... extra) {
    if (back) {
      Arrays.stream(extra).forEach(Pointer::retainReference);
      extras[step] = extra;
    }
  }

  /** Output of a step that has not been dropped. */
  Tensor output(int step) {
    return outputs[step];
  }

  /** What was kept besides. */
  Tensor[] extras(int step) {
    return extras[step];
  }

  /** Lets go of the output of a step; its memory is free if nobody else has it. */
  void dropOutput(int step) {
    if (outputs[step] != null) {
      outputs[step].releaseReference();
      outputs[step] = null;
    }
  }

  /** Lets go of everything of a step. */
  void drop(int step) {
    dropOutput(step);
    Arrays.stream(extras[step]).forEach(Pointer::releaseReference);
    extras[step] = new Tensor[0];
  }

  @Override
  public void close() {
    for (int i = 0; i < outputs.length; i++) {
      drop(i);
    }
  }
}
