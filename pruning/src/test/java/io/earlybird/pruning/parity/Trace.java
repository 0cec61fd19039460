package io.earlybird.pruning.parity;

import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Mode;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.StepResult;
import io.earlybird.model.network.Node;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks a replica for all that it has to say about a case, tensor by tensor.
 *
 * <p>Values and running statistics enter as what they have moved by: their size would hide small
 * movements.
 */
final class Trace {
  /** Who is told. */
  interface Listener {
    /**
     * One tensor.
     *
     * @param quantity for example "momentum"
     * @param steps that came before
     * @param rounded the largest number whose rounding is in the values
     */
    void found(String quantity, int steps, String tensor, float[] values, double rounded);
  }

  static final double LABEL_SMOOTHING = 0.1;

  private final State state;
  private final List<Integer> batchSizes;
  private final Variation variation;
  private final Replica replica;
  private final Listener listener;
  private final Parameters start;
  private int steps;

  Trace(
      State state,
      List<Integer> batchSizes,
      Variation variation,
      Replica replica,
      Listener listener) {
    this.state = state;
    this.batchSizes = batchSizes;
    this.variation = variation;
    this.replica = replica;
    this.listener = listener;
    this.start = variation.values(state.values());
  }

  /** Logits of evaluation, for batches that batch norm cannot be trained with. */
  void evaluate() {
    load();
    logits(Mode.EVALUATION);
  }

  /** Outputs of all nodes in both modes. */
  void activate() {
    Set<String> nodes =
        state.network().nodes().stream().map(Node::name).collect(Collectors.toUnmodifiableSet());
    for (Mode mode : Mode.values()) {
      load();
      replica
          .activations(batch(0), nodes, mode)
          .forEach((node, values) -> images("activations, " + mode, node, values));
      moved("movement by activations, " + mode);
    }
  }

  /**
   * All but activations.
   *
   * @param after numbers of steps after which values and momentum are looked at
   */
  void train(Set<Integer> after) {
    evaluate();
    gradients();
    logits(Mode.TRAINING);
    moved("movement by a forward pass");
    load();
    step(after);
  }

  private void load() {
    replica.load(start, state.momentum());
  }

  private Batch batch(int step) {
    int size = batchSizes.get(step % batchSizes.size());
    return variation.batch(state.network(), size, step);
  }

  private void logits(Mode mode) {
    float[] logits = replica.logits(batch(0), mode);
    images("logits, " + mode, "logits", logits);
  }

  /** Numbers of each image, in the order of the batch as it was. */
  private void images(String quantity, String tensor, float[] values) {
    float[] ordered = variation.ordered(values, values.length / batchSizes.get(0));
    listener.found(quantity, steps, tensor, ordered, largest(ordered));
  }

  private void gradients() {
    Parameters gradient = zeros();
    loss(replica.gradients(batch(0), LABEL_SMOOTHING, gradient));
    found("gradient", gradient);
    moved("movement by gradients");
  }

  private void step(Set<Integer> after) {
    int last = after.stream().mapToInt(Integer::intValue).max().orElse(0);
    for (int step = 0; step < last; step++) {
      loss(replica.step(batch(step), state.rule(step)));
      steps = step + 1;
      if (after.contains(steps)) {
        moved("movement");
        Parameters momentum = zeros();
        replica.readMomentum(momentum);
        found("momentum", momentum);
      }
    }
  }

  private void loss(StepResult result) {
    listener.found("loss", steps, "the batch", new float[] {(float) result.loss()}, result.loss());
    listener.found("correct images", steps, "the batch", new float[] {result.correct()}, 0);
  }

  private void moved(String what) {
    Parameters values = zeros();
    replica.readParameters(values);
    for (int i = 0; i < values.values().length; i++) {
      values.values()[i] -= start.values()[i];
    }
    found(what, values, start);
  }

  private Parameters zeros() {
    return Parameters.zeros(ParameterLayout.of(state.network()));
  }

  private void found(String quantity, Parameters parameters) {
    found(quantity, parameters, parameters);
  }

  private void found(String quantity, Parameters parameters, Parameters rounded) {
    for (ParameterLayout.Entry entry : parameters.layout().entries()) {
      listener.found(
          quantity,
          steps,
          entry.name(),
          tensor(parameters, entry),
          largest(tensor(rounded, entry)));
    }
  }

  private static float[] tensor(Parameters parameters, ParameterLayout.Entry entry) {
    return Arrays.copyOfRange(parameters.values(), entry.offset(), entry.end());
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
