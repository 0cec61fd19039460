package io.earlybird.engine.dl4j.layers;

import io.earlybird.engine.dl4j.kernels.Dims;
import io.earlybird.engine.dl4j.kernels.ReluKernel;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Configuration of a rectifier that is not fused with the node before it. */
public final class ReluNode extends NodeVertex {
  private static final long serialVersionUID = 1;

  @Override
  List<?> settings() {
    return List.of();
  }

  @Override
  public GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    return new Vertex(graph, name, index, dataType);
  }

  private static final class Vertex extends KernelVertex {
    private static final long serialVersionUID = 1;

    private transient INDArray output;

    Vertex(ComputationGraph graph, String name, int index, DataType dataType) {
      super(graph, name, index, dataType);
    }

    @Override
    INDArray forward(ArraySource arrays) {
      output = arrays.output(this, inputs[0].shape());
      kernel().forward(inputs[0], output);
      return output;
    }

    @Override
    INDArray[] backward(ArraySource arrays) {
      INDArray gradient = arrays.inPlaceOf(epsilon);
      kernel().backward(output, epsilon, gradient);
      return new INDArray[] {gradient};
    }

    private ReluKernel kernel() {
      return bench().kernels().relu(Dims.of(inputs[0].shape()));
    }
  }
}
