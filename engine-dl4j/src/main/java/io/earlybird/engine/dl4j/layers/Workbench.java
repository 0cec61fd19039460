package io.earlybird.engine.dl4j.layers;

import io.earlybird.engine.dl4j.kernels.Kernels;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;

/**
 * What the layers of one graph work with. It owns neither part.
 *
 * @param kernels who computes
 * @param arrays who provides arrays
 */
public record Workbench(Kernels kernels, ArraySource arrays) {
  /** Gives the workbench to all layers and vertices of a graph that take one. */
  public void attachTo(ComputationGraph graph) {
    for (GraphVertex vertex : graph.getVertices()) {
      Object worker = vertex.hasLayer() ? vertex.getLayer() : vertex;
      if (worker instanceof Bench.Holder holder) {
        holder.bench().use(this);
      }
    }
  }
}
