package io.earlybird.engine.dl4j;

import io.earlybird.engine.dl4j.kernels.HostThreads;
import io.earlybird.engine.dl4j.kernels.Kernels;
import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Mode;
import io.earlybird.model.engine.Quantization;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.StepResult;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.engine.SupportedRules;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.model.reparametrization.ReparametrizedPasses;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * A graph, its momentum and its update. Owns graph, kernels and threads until closed.
 *
 * <p>ND4J and oneDNN share one OpenMP runtime, the one that was loaded first, which keeps a number
 * of threads for each calling thread: every call sets it, because replicas move between threads.
 */
final class Dl4jReplica implements Replica {
  private final Network network;
  private final HostThreads threads;
  private final Kernels kernels;
  private final TrainableGraph graph;
  private final Parameters momentum;
  private final Update update;
  private final ReparametrizedPasses passes;
  private RoundedUpdate rounded;

  Dl4jReplica(Network network, HostThreads threads, Kernels kernels) {
    this.network = network;
    this.threads = threads;
    this.kernels = kernels;
    this.graph = new TrainableGraph(network, Fusion.full(network), kernels);
    this.momentum = Parameters.zeros(ParameterLayout.of(network));
    this.update = new Update(graph.parameters(), momentum.values(), threads);
    this.passes = new ReparametrizedPasses(momentum.layout(), new GraphTensors(graph.parameters()));
  }

  private void useThreads() {
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads.count());
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public void load(Parameters newValues, Parameters newMomentum) {
    graph.parameters().load(newValues);
    momentum.set(newMomentum);
    update.valuesReplaced();
    passes.valuesReplaced();
  }

  @Override
  public void readParameters(Parameters into) {
    graph.parameters().read(into);
  }

  @Override
  public void readMomentum(Parameters into) {
    into.set(momentum);
  }

  /**
   * {@inheritDoc}
   *
   * <p>A gradient that is not finite is reported as a loss that is not: oneDNN's rectifier makes 0
   * of NaN, so that the loss itself may look well.
   */
  @Override
  public StepResult step(Batch batch, StepRule rule) {
    SupportedRules.require(Dl4jEngine.NAME, rule);
    rule.held().requireWithin(momentum.layout());
    update.hold(rule);
    requireFloats(rule.quantization());
    StepResult result =
        passes.run(
            rule.reparametrization(),
            rule.weightDecay(),
            rule.lossScale(),
            () ->
                differentiate(batch, rule.labelSmoothing(), rule.lossScale(), rule.quantization()));
    boolean finite =
        rule.quantization().rounds() ? roundedUpdate().apply(rule) : update.apply(rule);
    return finite ? result : new StepResult(Double.NaN, result.correct(), result.samples());
  }

  @Override
  public StepResult gradients(Batch batch, double labelSmoothing, Parameters into) {
    StepResult result = differentiate(batch, labelSmoothing, 1, Quantization.none());
    graph.parameters().readGradients(into);
    return result;
  }

  private RoundedUpdate roundedUpdate() {
    if (rounded == null) {
      rounded = new RoundedUpdate(graph.parameters(), momentum, update);
    }
    return rounded;
  }

  private void requireFloats(Quantization quantization) {
    if (quantization.rounds() && kernels.activationType() != DataType.FLOAT) {
      throw new IllegalArgumentException(
          "Cannot round to words of "
              + quantization.wordLength()
              + " bits in "
              + kernels.activationType()
              + ": open the replica in FLOAT32");
    }
  }

  private StepResult differentiate(
      Batch batch, double labelSmoothing, double lossScale, Quantization quantization) {
    useThreads();
    float[] logits = graph.forward(batch, Mode.TRAINING, quantization);
    StepResult result =
        CrossEntropy.apply(logits, network.classes(), batch, labelSmoothing, lossScale);
    graph.backward(logits);
    return result;
  }

  @Override
  public float[] logits(Batch batch, Mode mode) {
    useThreads();
    float[] logits = graph.forward(batch, mode);
    if (mode == Mode.TRAINING) {
      update.moveRunningStatistics();
    }
    return logits;
  }

  /** Runs a copy of the network in which nothing is fused, so that every node has an output. */
  @Override
  public Map<String, float[]> activations(Batch batch, Set<String> nodes, Mode mode) {
    nodes.forEach(network::node);
    useThreads();
    Map<String, float[]> found = new HashMap<>();
    Parameters values = Parameters.zeros(momentum.layout());
    graph.parameters().read(values);
    try (TrainableGraph unfused = new TrainableGraph(network, Fusion.none(network), kernels)) {
      unfused.parameters().load(values);
      unfused.forward(batch, mode);
      nodes.forEach(node -> found.put(node, unfused.activation(node)));
      if (mode == Mode.TRAINING) {
        new Update(unfused.parameters(), momentum.values(), threads).moveRunningStatistics();
        unfused.parameters().read(values);
        graph.parameters().load(values);
      }
    }
    return found;
  }

  @Override
  public void close() {
    graph.close();
    kernels.close();
    threads.close();
  }
}
