package io.earlybird.engine.dl4j;

import io.earlybird.engine.dl4j.layers.HeavyBall;
import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.engine.SupportedRules;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.model.reparametrization.Reparametrization;
import java.nio.FloatBuffer;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Networks as ComputationGraphs that DL4J itself trains, with the layers of this engine: what
 * {@code dl4j-spark} averages, and what is exported.
 *
 * <p>{@code ComputationGraph.fit} then does what {@link io.earlybird.model.engine.Replica#step}
 * does, up to the order of sums, except that it cannot hold entries at zero, and that it computes
 * in float32 alone: a ComputationGraph has one data type for parameters and activations.
 */
public final class FittedGraph {
  private FittedGraph() {}

  /**
   * Builds a graph with these values and this momentum.
   *
   * @param rule what a step does; its learning rate is not used
   * @param learningRates rate of each iteration from 0; the last goes on
   * @throws IllegalArgumentException if the rule holds entries, scales the loss, rounds to words,
   *     reparametrizes weights, or is one that the engine refuses
   */
  public static ComputationGraph create(
      Network network,
      StepRule rule,
      double[] learningRates,
      Parameters values,
      Parameters momentum) {
    SupportedRules.require(Dl4jEngine.NAME, rule);
    if (!rule.reparametrization().equals(Reparametrization.none())) {
      throw new IllegalArgumentException(
          "ComputationGraph.fit uses stored weights as they are, asked of it: "
              + rule.reparametrization());
    }
    if (!rule.held().isEmpty() || rule.lossScale() != 1 || rule.quantization().rounds()) {
      throw new IllegalArgumentException(
          "ComputationGraph.fit cannot hold entries at zero, scale the loss or round to words, asked"
              + " of it: "
              + rule.held()
              + ", loss scale "
              + rule.lossScale()
              + ", word length "
              + rule.quantization().wordLength());
    }
    HeavyBall updater = new HeavyBall(rule.momentum(), rule.momentumForm(), learningRates);
    ComputationGraph graph =
        new ComputationGraph(
            new GraphAssembly(Widths.plain(network), Fusion.full(network))
                .decaying(rule.weightDecay(), rule.gammaL1())
                .configuration(updater, WorkspaceMode.ENABLED));
    graph.init(Nd4j.create(DataType.FLOAT, 1, ParameterLayout.of(network).length()), false);
    graph.initGradientsView();
    new FlatParameters(Widths.plain(network), graph, graph.getFlattenedGradients()).load(values);
    momentumOf(network, graph).load(momentum);
    return graph;
  }

  /** Copies values and momentum out of a graph that {@link #create} built for this network. */
  public static void read(
      Network network, ComputationGraph graph, Parameters values, Parameters momentum) {
    graph.initGradientsView();
    new FlatParameters(Widths.plain(network), graph, graph.getFlattenedGradients()).read(values);
    momentumOf(network, graph).read(momentum);
  }

  private static UpdaterState momentumOf(Network network, ComputationGraph graph) {
    return new UpdaterState(
        new FlatParameters(Widths.plain(network), graph, graph.getFlattenedGradients()),
        graph.getUpdater(true).getStateViewArray());
  }

  /**
   * A batch in DL4J's form, copied.
   *
   * @param labelSmoothing a in [0, 1): labels are (1 - a) * one-hot + a / classes
   */
  public static DataSet dataSet(Batch batch, int classes, double labelSmoothing) {
    INDArray images =
        Nd4j.createUninitialized(
            DataType.FLOAT,
            batch.size(),
            batch.imageShape().height(),
            batch.imageShape().width(),
            batch.imageShape().channels());
    FloatBuffer pixels = HostMemory.of(images);
    pixels.put(0, batch.pixels(), 0, pixels.capacity());
    HostMemory.changed(images);
    INDArray labels =
        Nd4j.valueArrayOf(
            new long[] {batch.size(), classes}, labelSmoothing / classes, DataType.FLOAT);
    for (int i = 0; i < batch.size(); i++) {
      labels.putScalar(i, batch.label(i), 1 - labelSmoothing + labelSmoothing / classes);
    }
    return new DataSet(images, labels);
  }
}
