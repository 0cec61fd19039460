package io.earlybird.engine.dl4j;

import io.earlybird.engine.dl4j.kernels.PoolGeometry;
import io.earlybird.engine.dl4j.layers.AddNode;
import io.earlybird.engine.dl4j.layers.IndexedAddNode;
import io.earlybird.engine.dl4j.layers.NhwcBatchNorm;
import io.earlybird.engine.dl4j.layers.NhwcConvolution;
import io.earlybird.engine.dl4j.layers.NhwcLinear;
import io.earlybird.engine.dl4j.layers.PoolNode;
import io.earlybird.engine.dl4j.layers.ReluNode;
import io.earlybird.engine.dl4j.layers.SelectNode;
import io.earlybird.model.network.Add;
import io.earlybird.model.network.AveragePool;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.ChannelSelect;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.IndexedAdd;
import io.earlybird.model.network.Input;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.MaxPool;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import io.earlybird.model.network.Relu;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The configuration of a ComputationGraph that computes a network.
 *
 * <p>Each node becomes a layer or vertex of the same name (fused rectifiers aside); the output is a
 * stock softmax loss layer on the logits, so that the graph also trains and predicts when DL4J runs
 * it.
 */
final class GraphAssembly {
  /** Name of the output layer. */
  static final String LOSS = "softmax-loss";

  private final Widths widths;
  private final Network network;
  private final Fusion fusion;
  private final List<Regularization> decay;
  private final List<Regularization> gammaDecay;

  GraphAssembly(Widths widths, Fusion fusion) {
    this(widths, fusion, List.of(), List.of());
  }

  private GraphAssembly(
      Widths widths, Fusion fusion, List<Regularization> decay, List<Regularization> gammaDecay) {
    this.widths = widths;
    this.network = widths.network();
    this.fusion = fusion;
    this.decay = decay;
    this.gammaDecay = gammaDecay;
  }

  /** The same with coupled decay of every trainable tensor and an L1 push on gammas, under fit. */
  GraphAssembly decaying(double weightDecay, double gammaL1) {
    Regularization l2 = new L2Regularization(weightDecay);
    return new GraphAssembly(
        widths, fusion, List.of(l2), List.of(l2, new L1Regularization(gammaL1)));
  }

  /**
   * Builds the configuration.
   *
   * @param updater what {@code ComputationGraph.fit} updates with
   * @param workspaces how DL4J holds memory when it runs the graph itself
   */
  ComputationGraphConfiguration configuration(IUpdater updater, WorkspaceMode workspaces) {
    ComputationGraphConfiguration.GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .dataType(DataType.FLOAT)
            .activation(Activation.IDENTITY)
            .updater(updater)
            .trainingWorkspaceMode(workspaces)
            .inferenceWorkspaceMode(workspaces)
            .graphBuilder()
            .addInputs(network.input().name())
            .validateOutputLayerConfig(false);
    fusion.vertices().forEach(node -> add(builder, node, fusion.sourcesOf(node)));
    LossLayer loss =
        new LossLayer.Builder()
            .lossFunction(LossFunction.MCXENT)
            .activation(Activation.SOFTMAX)
            .build();
    return builder.addLayer(LOSS, loss, network.output().name()).setOutputs(LOSS).build();
  }

  private void add(
      ComputationGraphConfiguration.GraphBuilder builder, Node node, String... sources) {
    if (node instanceof Convolution convolution) {
      builder.addLayer(node.name(), convolution(convolution), sources);
    } else if (node instanceof BatchNorm) {
      builder.addLayer(node.name(), batchNorm(node), sources);
    } else if (node instanceof Linear linear) {
      builder.addLayer(node.name(), linear(linear), sources);
    } else {
      builder.addVertex(node.name(), vertex(node), sources);
    }
  }

  private NhwcConvolution convolution(Convolution node) {
    NhwcConvolution layer = new NhwcConvolution();
    setExtents(layer, node);
    layer.setRegularization(decay);
    layer.setRegularizationBias(decay);
    layer.setKernelSize(new int[] {node.kernel(), node.kernel()});
    layer.setStride(new int[] {node.stride(), node.stride()});
    layer.setPadding(new int[] {node.padding(), node.padding()});
    layer.setHasBias(node.bias());
    layer.setInputGradient(
        network.node(node.source()) instanceof Input
            ? NhwcConvolution.InputGradient.UNUSED
            : NhwcConvolution.InputGradient.NEEDED);
    return layer;
  }

  private NhwcBatchNorm batchNorm(Node node) {
    NhwcBatchNorm layer = new NhwcBatchNorm();
    setExtents(layer, node);
    layer.setEps(BatchNorm.EPSILON);
    layer.setDecay(1 - BatchNorm.RUNNING_FACTOR);
    layer.setFollowing(fusion.following(node));
    layer.setRegularization(gammaDecay);
    layer.setRegularizationBias(decay);
    return layer;
  }

  private NhwcLinear linear(Linear node) {
    NhwcLinear layer = new NhwcLinear();
    setExtents(layer, node);
    layer.setRegularization(decay);
    layer.setRegularizationBias(decay);
    return layer;
  }

  private void setExtents(FeedForwardLayer layer, Node node) {
    layer.setNIn(widths.ofInput(node));
    layer.setNOut(widths.of(node.name()));
  }

  private GraphVertex vertex(Node node) {
    if (node instanceof MaxPool pool) {
      return new PoolNode(PoolGeometry.Kind.MAX, pool.kernel(), pool.stride(), pool.padding());
    }
    if (node instanceof AveragePool pool) {
      return new PoolNode(PoolGeometry.Kind.AVERAGE, pool.kernel(), pool.stride(), 0);
    }
    if (node instanceof ChannelSelect select) {
      return new SelectNode(widths.of(node.name()), indexes(select.channels()));
    }
    if (node instanceof IndexedAdd add) {
      return new IndexedAddNode(
          widths.of(node.name()),
          add.terms().stream().map(term -> indexes(term.channels())).toArray(int[][]::new));
    }
    if (node instanceof Add) {
      return new AddNode(fusion.following(node));
    }
    if (node instanceof Relu) {
      return new ReluNode();
    }
    throw new IllegalArgumentException("Cannot build a vertex for " + node);
  }

  private static int[] indexes(List<Integer> channels) {
    return channels.stream().mapToInt(Integer::intValue).toArray();
  }
}
