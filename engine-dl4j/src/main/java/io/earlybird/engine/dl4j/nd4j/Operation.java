package io.earlybird.engine.dl4j.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Runs ND4J's operations by name. */
final class Operation {
  private Operation() {}

  /** Runs one that has integer arguments only. */
  static void run(String name, int[] settings, INDArray[] inputs, INDArray... outputs) {
    Nd4j.exec(
        DynamicCustomOp.builder(name)
            .addInputs(inputs)
            .addOutputs(outputs)
            .addIntegerArguments(settings)
            .build());
  }

  /** Runs one that has a floating-point argument too. */
  static void run(
      String name, double setting, int[] settings, INDArray[] inputs, INDArray... outputs) {
    Nd4j.exec(
        DynamicCustomOp.builder(name)
            .addInputs(inputs)
            .addOutputs(outputs)
            .addIntegerArguments(settings)
            .addFloatingPointArguments(setting)
            .build());
  }

  static INDArray[] inputs(INDArray... arrays) {
    return arrays;
  }
}
