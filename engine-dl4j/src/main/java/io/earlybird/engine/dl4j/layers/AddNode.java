package io.earlybird.engine.dl4j.layers;

import io.earlybird.engine.dl4j.kernels.Activation;
import io.earlybird.engine.dl4j.kernels.Dims;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Configuration of a sum of activations of equal shape, then an activation. */
public final class AddNode extends NodeVertex {
  private static final long serialVersionUID = 1;

  private final Activation following;

  /** Describes a sum that the activation follows. */
  @JsonCreator
  public AddNode(@JsonProperty("following") Activation following) {
    this.following = following;
  }

  /**
   * Lets a sum of two be written over its first input, because nobody needs that any more.
   *
   * @param name of a vertex that an AddNode made
   */
  public static void overwriteFirst(ComputationGraph graph, String name) {
    ((Vertex) graph.getVertex(name)).overwritesFirst = true;
  }

  /**
   * Lets a sum of two that is written over its first input be computed with it.
   *
   * @param name of a vertex that an AddNode made
   * @param first what the first input is, read by nobody else
   */
  public static void completes(ComputationGraph graph, String name, NormalizedProduct first) {
    ((Vertex) graph.getVertex(name)).product = first;
    first.leaveToSum();
  }

  @Override
  List<?> settings() {
    return List.of(following);
  }

  @Override
  public int minVertexInputs() {
    return 2;
  }

  @Override
  public GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    return new Vertex(following, graph, name, index, dataType);
  }

  private static final class Vertex extends KernelVertex {
    private static final long serialVersionUID = 1;

    private final Activation following;
    private transient INDArray output;
    private transient boolean overwritesFirst;
    private transient NormalizedProduct product;

    Vertex(
        Activation following, ComputationGraph graph, String name, int index, DataType dataType) {
      super(graph, name, index, dataType);
      this.following = following;
    }

    @Override
    INDArray forward(ArraySource arrays) {
      Dims dims = Dims.of(inputs[0].shape());
      output = overwritesFirst ? inputs[0] : arrays.output(this, dims.nhwc());
      if (product != null && product.waitsForSum()) {
        product.sum(inputs[1], following, output);
      } else {
        bench().kernels().sum(dims, following).forward(List.of(inputs), output);
      }
      return output;
    }

    @Override
    INDArray[] backward(ArraySource arrays) {
      INDArray[] gradients = new INDArray[inputs.length];
      gradients[0] = throughActivation(arrays);
      for (int i = 1; i < gradients.length; i++) {
        gradients[i] = arrays.shared(gradients[0]);
      }
      return gradients;
    }

    private INDArray throughActivation(ArraySource arrays) {
      return switch (following) {
        case IDENTITY -> arrays.shared(epsilon);
        case RELU -> {
          INDArray gradient = arrays.inPlaceOf(epsilon);
          bench().kernels().relu(Dims.of(output.shape())).backward(output, epsilon, gradient);
          yield gradient;
        }
      };
    }
  }
}
