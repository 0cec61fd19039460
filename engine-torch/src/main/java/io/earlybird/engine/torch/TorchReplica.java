package io.earlybird.engine.torch;

import io.earlybird.engine.torch.ForwardPass.Statistics;
import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Mode;
import io.earlybird.model.engine.Quantization;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.StateRounding;
import io.earlybird.model.engine.StepResult;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.engine.SupportedRules;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.model.reparametrization.ReparametrizedPasses;
import java.lang.ref.Reference;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The tensors of a network, its passes and its update. Owns them until closed.
 *
 * <p>Passes read a batch where it lies; the fences keep its buffer from being collected meanwhile.
 * Every call sets the number of OpenMP threads, which is kept for each calling thread, because
 * replicas move between threads.
 */
final class TorchReplica implements Replica {
  private final Network network;
  private final Placement placement;
  private final int threads;
  private final Tensors tensors;
  private final FlatCopy copies;
  private final ChannelIndexes indexes;
  private final FusedOperators fused;
  private final StraightThrough words;
  private final Gradients gradients;
  private final ForwardPass forward;
  private final BackwardPass backward;
  private final Images images;
  private final HeldTensors held;
  private final Update update;
  private final ReparametrizedPasses passes;
  private RoundedState rounded;

  TorchReplica(Network network, Placement placement, int threads) {
    this.network = network;
    this.placement = placement;
    this.threads = threads;
    tensors = new Tensors(ParameterLayout.of(network), placement);
    copies = new FlatCopy(tensors, placement);
    indexes = new ChannelIndexes(network, placement);
    fused = new FusedOperators();
    words = new StraightThrough(network);
    gradients = new Gradients(tensors);
    forward = new ForwardPass(network, tensors, placement, indexes, fused, words);
    backward = new BackwardPass(network, tensors, placement, gradients, indexes, fused, words);
    images = new Images(placement);
    held = new HeldTensors(tensors, placement);
    update = new Update(tensors, gradients, placement);
    passes = new ReparametrizedPasses(tensors.layout(), new ReplicaTensors(copies, gradients));
  }

  private void useThreads() {
    torch.set_num_threads(threads);
  }

  @Override
  public Network network() {
    return network;
  }

  @Override
  public void load(Parameters newValues, Parameters newMomentum) {
    useThreads();
    copies.write(newValues, Tensors.Parameter::value);
    copies.write(newMomentum, Tensors.Parameter::momentum);
    held.valuesReplaced();
    passes.valuesReplaced();
    forward.valuesChanged();
  }

  @Override
  public void readParameters(Parameters into) {
    useThreads();
    copies.read(into, Tensors.Parameter::value);
  }

  @Override
  public void readMomentum(Parameters into) {
    useThreads();
    copies.read(into, Tensors.Parameter::momentum);
  }

  /**
   * {@inheritDoc}
   *
   * <p>A gradient or running statistic that is not finite is reported as a loss that is not.
   */
  @Override
  public StepResult step(Batch batch, StepRule rule) {
    SupportedRules.require(TorchEngine.NAME, rule);
    rule.held().requireWithin(tensors.layout());
    requireFloats(rule.quantization());
    try (PointerScope scope = new PointerScope();
        NoGradGuard off = new NoGradGuard()) {
      useThreads();
      forward.valuesChanged();
      held.use(rule);
      words.use(rule.quantization());
      Loss loss =
          passes.run(
              rule.reparametrization(),
              rule.weightDecay(),
              rule.lossScale(),
              () ->
                  differentiate(
                      batch, rule.labelSmoothing(), rule.lossScale(), Statistics.BATCH_MOVING));
      update(rule);
      Tensor probe = tensors.momentum().sum().add_(tensors.statistics().sum());
      held.zero();
      if (rule.quantization().rounds()) {
        roundedState().roundState(rule.quantization());
      }
      return loss.result(probe);
    } finally {
      words.use(Quantization.none());
      gradients.clear();
      Reference.reachabilityFence(batch);
    }
  }

  private void update(StepRule rule) {
    if (rule.quantization().rounds()) {
      roundedState().roundGradients(rule);
      update.apply(StateRounding.remainder(rule));
    } else {
      update.apply(rule);
    }
  }

  private RoundedState roundedState() {
    if (rounded == null) {
      rounded = new RoundedState(copies, gradients, tensors.layout());
    }
    return rounded;
  }

  private void requireFloats(Quantization quantization) {
    if (quantization.rounds() && !placement.equals(Placement.FLOATS)) {
      throw new IllegalArgumentException(
          "Cannot round to words of "
              + quantization.wordLength()
              + " bits in "
              + placement
              + ": the rounding is emulated in FLOAT32 on the processor; open the replica there");
    }
  }

  @Override
  public StepResult gradients(Batch batch, double labelSmoothing, Parameters into) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard off = new NoGradGuard()) {
      useThreads();
      Loss loss = differentiate(batch, labelSmoothing, 1, Statistics.BATCH);
      copies.read(into, gradients::of);
      return loss.result(tensors.statistics().sum());
    } finally {
      gradients.clear();
      Reference.reachabilityFence(batch);
    }
  }

  private Loss differentiate(
      Batch batch, double labelSmoothing, double lossScale, Statistics statistics) {
    requireFit(batch, Mode.TRAINING);
    Tensor labels = images.labels(batch, network.classes());
    try (Tape tape = Tape.thereAndBack(forward.training())) {
      Tensor logits = forward.record(tape, images.of(batch), statistics);
      backward.run(tape, Loss.gradient(logits, labels, labelSmoothing, lossScale));
      return Loss.of(logits, labels, labelSmoothing);
    }
  }

  /** Fails if the images do not fit, or a batch norm would see a single value per channel. */
  private void requireFit(Batch batch, Mode mode) {
    batch.requireFits(network);
    if (mode == Mode.TRAINING && batch.size() == 1) {
      for (BatchNorm node : network.nodes(BatchNorm.class)) {
        if (network.shape(node.name()).pixels() == 1) {
          throw new IllegalArgumentException(
              "Cannot train on a batch of 1: batch norm "
                  + node.name()
                  + " would see a single value per channel, which has no variance; use a larger"
                  + " batch");
        }
      }
    }
  }

  @Override
  public float[] logits(Batch batch, Mode mode) {
    requireFit(batch, mode);
    try (PointerScope scope = new PointerScope();
        NoGradGuard off = new NoGradGuard()) {
      useThreads();
      return floats(forward.logits(images.of(batch), statistics(mode)));
    } finally {
      if (mode == Mode.TRAINING) {
        forward.valuesChanged();
      }
      Reference.reachabilityFence(batch);
    }
  }

  @Override
  public Map<String, float[]> activations(Batch batch, Set<String> nodes, Mode mode) {
    nodes.forEach(network::node);
    requireFit(batch, mode);
    try (PointerScope scope = new PointerScope();
        NoGradGuard off = new NoGradGuard()) {
      useThreads();
      Map<String, float[]> found = new HashMap<>();
      forward
          .activations(images.of(batch), nodes, statistics(mode))
          .forEach((node, values) -> found.put(node, floats(values)));
      return found;
    } finally {
      if (mode == Mode.TRAINING) {
        forward.valuesChanged();
      }
      Reference.reachabilityFence(batch);
    }
  }

  private static Statistics statistics(Mode mode) {
    return switch (mode) {
      case EVALUATION -> Statistics.RUNNING;
      case TRAINING -> Statistics.BATCH_MOVING;
    };
  }

  /** Values in C order, in a new array. */
  private static float[] floats(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.numel())];
    FlatCopy.floats(tensor).get(values);
    return values;
  }

  @Override
  public void close() {
    update.close();
    held.close();
    images.close();
    forward.close();
    indexes.close();
    fused.close();
    gradients.close();
    tensors.close();
  }
}
