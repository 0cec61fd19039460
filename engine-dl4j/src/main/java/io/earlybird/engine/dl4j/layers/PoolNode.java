package io.earlybird.engine.dl4j.layers;

import io.earlybird.engine.dl4j.kernels.Dims;
import io.earlybird.engine.dl4j.kernels.PoolGeometry;
import io.earlybird.engine.dl4j.kernels.PoolKernel;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Configuration of a max or average pool over square windows. */
public final class PoolNode extends NodeVertex {
  private static final long serialVersionUID = 1;

  private final PoolGeometry.Kind kind;
  private final int kernel;
  private final int stride;
  private final int padding;

  /**
   * Describes a pool.
   *
   * @param kind how a window becomes a value
   * @param kernel kH = kW
   * @param stride same for both axes
   * @param padding on each side
   */
  @JsonCreator
  public PoolNode(
      @JsonProperty("kind") PoolGeometry.Kind kind,
      @JsonProperty("kernel") int kernel,
      @JsonProperty("stride") int stride,
      @JsonProperty("padding") int padding) {
    this.kind = kind;
    this.kernel = kernel;
    this.stride = stride;
    this.padding = padding;
  }

  @Override
  List<?> settings() {
    return List.of(kind, kernel, stride, padding);
  }

  private PoolGeometry geometry(INDArray input) {
    return new PoolGeometry(kind, Dims.of(input.shape()), kernel, stride, padding);
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

    private final PoolNode node;
    private transient INDArray workspace;

    Vertex(PoolNode node, ComputationGraph graph, String name, int index, DataType dataType) {
      super(graph, name, index, dataType);
      this.node = node;
    }

    @Override
    INDArray forward(ArraySource arrays) {
      PoolGeometry geometry = node.geometry(inputs[0]);
      PoolKernel kernel = bench().kernels().pool(geometry);
      INDArray output = arrays.output(this, geometry.output().nhwc());
      long bytes = kernel.workspaceBytes();
      workspace = bytes == 0 ? null : arrays.kept(this, "workspace", bytes);
      kernel.forward(inputs[0], output, workspace);
      return output;
    }

    @Override
    INDArray[] backward(ArraySource arrays) {
      INDArray gradient = arrays.gradient(inputs[0].shape());
      bench()
          .kernels()
          .pool(node.geometry(inputs[0]))
          .backward(inputs[0], epsilon, workspace, gradient);
      return new INDArray[] {gradient};
    }
  }
}
