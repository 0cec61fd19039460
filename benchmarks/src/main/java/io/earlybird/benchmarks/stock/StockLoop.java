package io.earlybird.benchmarks.stock;

import io.earlybird.benchmarks.contest.Assignment;
import io.earlybird.benchmarks.contest.Contestant;
import io.earlybird.benchmarks.contest.Recipe;
import io.earlybird.engine.dl4j.stock.StockGraph;
import io.earlybird.model.network.Network;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.nativeblas.NativeOpsHolder;

/** {@code ComputationGraph.fit} with DL4J's own layers, on the ND4J back end of this project. */
public final class StockLoop implements Contestant {
  private final ComputationGraph graph;
  private final DataSet data;

  /** Builds the graph. */
  public StockLoop(Assignment assignment) {
    Network network = assignment.network();
    this.graph = StockLoop.graph(network);
    StockGraph.load(graph, network, assignment.values());
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(assignment.threads());
    this.data = StockBatch.of(assignment.batch(), network.classes());
  }

  /** A graph with the update of all contestants. */
  public static ComputationGraph graph(Network network) {
    return StockGraph.of(
        network, new Nesterovs(Recipe.LEARNING_RATE, Recipe.MOMENTUM), Recipe.WEIGHT_DECAY);
  }

  @Override
  public double train() {
    graph.fit(data);
    return graph.score();
  }

  @Override
  public float[] infer() {
    return graph.outputSingle(data.getFeatures()).ravel().toFloatVector();
  }

  @Override
  public void close() {
    graph.close();
  }
}
