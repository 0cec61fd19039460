package io.earlybird.engine.dl4j.layers;

import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Configuration of a gate that passes some channels only. */
public final class SelectNode extends NodeVertex {
  private static final long serialVersionUID = 1;

  private final int width;
  private final int[] channels;

  /**
   * Describes a gate.
   *
   * @param width channels of the output; those behind the ones that pass are zero
   * @param channels ascending indexes of the channels that pass; copied
   */
  @JsonCreator
  public SelectNode(@JsonProperty("width") int width, @JsonProperty("channels") int[] channels) {
    this.width = width;
    this.channels = channels.clone();
  }

  @Override
  List<?> settings() {
    return List.of(width, Arrays.toString(channels));
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

    private final SelectNode node;

    Vertex(SelectNode node, ComputationGraph graph, String name, int index, DataType dataType) {
      super(graph, name, index, dataType);
      this.node = node;
    }

    @Override
    INDArray forward(ArraySource arrays) {
      long[] shape = inputs[0].shape().clone();
      shape[shape.length - 1] = node.width;
      INDArray output = arrays.output(this, shape);
      bench().kernels().channels().gather(inputs[0], node.channels, output);
      return output;
    }

    @Override
    INDArray[] backward(ArraySource arrays) {
      INDArray gradient = arrays.gradient(inputs[0].shape());
      bench().kernels().channels().scatter(List.of(epsilon), new int[][] {node.channels}, gradient);
      return new INDArray[] {gradient};
    }
  }
}
