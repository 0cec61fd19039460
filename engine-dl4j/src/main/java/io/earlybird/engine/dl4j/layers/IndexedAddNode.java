package io.earlybird.engine.dl4j.layers;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Configuration of a sum whose terms each cover some of the output channels. */
public final class IndexedAddNode extends NodeVertex {
  private static final long serialVersionUID = 1;

  private final int channels;
  private final int[][] positions;

  /**
   * Describes a sum.
   *
   * @param channels width of the output; those that no input covers are zero
   * @param positions for each input the ascending output channels that its first channels cover;
   *     the others are left out
   */
  @JsonCreator
  public IndexedAddNode(
      @JsonProperty("channels") int channels, @JsonProperty("positions") int[][] positions) {
    this.channels = channels;
    this.positions = Arrays.stream(positions).map(int[]::clone).toArray(int[][]::new);
  }

  @Override
  List<?> settings() {
    return List.of(channels, Arrays.deepToString(positions));
  }

  @Override
  public GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType dataType) {
    return new Vertex(this, graph, name, index, dataType);
  }

  private static final class Vertex extends KernelVertex {
    private static final long serialVersionUID = 1;

    private final IndexedAddNode node;

    Vertex(IndexedAddNode node, ComputationGraph graph, String name, int index, DataType dataType) {
      super(graph, name, index, dataType);
      this.node = node;
    }

    @Override
    INDArray forward(ArraySource arrays) {
      long[] shape = inputs[0].shape().clone();
      shape[shape.length - 1] = node.channels;
      INDArray output = arrays.output(this, shape);
      bench().kernels().channels().scatter(List.of(inputs), node.positions, output);
      return output;
    }

    @Override
    INDArray[] backward(ArraySource arrays) {
      INDArray[] gradients = new INDArray[inputs.length];
      for (int i = 0; i < inputs.length; i++) {
        gradients[i] = arrays.gradient(inputs[i].shape());
        bench().kernels().channels().gather(epsilon, node.positions[i], gradients[i]);
      }
      return gradients;
    }
  }
}
