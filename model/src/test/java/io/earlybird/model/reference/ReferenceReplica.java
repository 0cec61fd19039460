package io.earlybird.model.reference;

import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Mode;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.StepResult;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.engine.SupportedRules;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import io.earlybird.model.network.Shape;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.model.reparametrization.Numbers;
import io.earlybird.model.reparametrization.Reparametrization;
import io.earlybird.model.reparametrization.WeightMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A replica whose whole state is two {@code double[]} in the layout of the network.
 *
 * <p>Beside the {@link Replica} interface it shows its numbers without rounding them to float, so
 * that tests can compare to 1e-12 and average in double. Unlike a production replica it allocates
 * in every step.
 */
public final class ReferenceReplica implements Replica {
  private final Network network;
  private final ParameterLayout layout;
  private final Map<String, Operator> operators = new LinkedHashMap<>();
  private final double[] values;
  private final double[] momentum;
  private Words words = Words.NONE;
  private Reparametrization reparametrization = Reparametrization.none();
  private WeightMap weights;

  /** A replica with all values zero; load some. */
  public ReferenceReplica(Network network) {
    this.network = network;
    this.layout = ParameterLayout.of(network);
    this.values = new double[layout.length()];
    this.momentum = new double[layout.length()];
    this.weights = reparametrization.on(layout);
    for (Node node : network.nodes()) {
      operators.put(node.name(), Operator.of(node, network, layout));
    }
  }

  @Override
  public Network network() {
    return network;
  }

  /** The values themselves, running statistics included, not a copy. */
  public double[] values() {
    return values;
  }

  /** The momentum itself, not a copy. */
  public double[] momentum() {
    return momentum;
  }

  /** Replaces values and momentum by copies of these arrays. */
  public void load(double[] newValues, double[] newMomentum) {
    requireLength(newValues.length);
    requireLength(newMomentum.length);
    System.arraycopy(newValues, 0, values, 0, values.length);
    System.arraycopy(newMomentum, 0, momentum, 0, momentum.length);
    weights = reparametrization.on(layout);
  }

  @Override
  public void load(Parameters newParameters, Parameters newMomentum) {
    load(widen(newParameters.values()), widen(newMomentum.values()));
  }

  @Override
  public void readParameters(Parameters into) {
    round(values, into);
  }

  @Override
  public void readMomentum(Parameters into) {
    round(momentum, into);
  }

  @Override
  public StepResult step(Batch batch, StepRule rule) {
    SupportedRules.require("reference", rule);
    rule.held().requireWithin(layout);
    Update.hold(rule, values, momentum);
    words = new Words(rule.quantization());
    Pass pass = forward(batch, Mode.TRAINING, effective(rule.reparametrization()));
    StepResult result = backward(pass, batch, rule.labelSmoothing(), rule.lossScale());
    updateRunningStatistics(pass);
    weights.pullBack(Numbers.of(values), Numbers.of(pass.parameterGradient()), rule.weightDecay());
    words.roundGradients(rule, layout, values, pass.parameterGradient());
    Update.apply(words.remainder(rule), layout, values, momentum, pass.parameterGradient());
    words.roundState(layout, values, momentum);
    words = Words.NONE;
    return result;
  }

  private double[] effective(Reparametrization rule) {
    if (!rule.equals(reparametrization)) {
      reparametrization = rule;
      weights = rule.on(layout);
    }
    double[] effective = values.clone();
    weights.toEffective(Numbers.of(values), Numbers.of(effective));
    return effective;
  }

  /**
   * Gradient of the mean loss in training mode, unrounded; nothing changes.
   *
   * @return in the layout of the network
   */
  public double[] gradients(Batch batch, double labelSmoothing) {
    Pass pass = forward(batch, Mode.TRAINING);
    backward(pass, batch, labelSmoothing, 1);
    return pass.parameterGradient();
  }

  @Override
  public StepResult gradients(Batch batch, double labelSmoothing, Parameters into) {
    Pass pass = forward(batch, Mode.TRAINING);
    StepResult result = backward(pass, batch, labelSmoothing, 1);
    round(pass.parameterGradient(), into);
    return result;
  }

  /** Loss and correct images of a batch, in training mode; nothing changes. */
  public StepResult loss(Batch batch, double labelSmoothing) {
    return crossEntropy(forward(batch, Mode.TRAINING), batch, labelSmoothing);
  }

  @Override
  public float[] logits(Batch batch, Mode mode) {
    return narrow(activation(batch, network.output().name(), mode));
  }

  @Override
  public Map<String, float[]> activations(Batch batch, Set<String> nodes, Mode mode) {
    nodes.forEach(network::node);
    Pass pass = forwardRefreshing(batch, mode);
    Map<String, float[]> found = new LinkedHashMap<>();
    nodes.forEach(node -> found.put(node, narrow(pass.output(node))));
    return found;
  }

  /** Output [N, C, H, W] of one node, unrounded; the classifier's are the logits [N, classes]. */
  public double[] activation(Batch batch, String node, Mode mode) {
    network.node(node);
    return forwardRefreshing(batch, mode).output(node);
  }

  @Override
  public void close() {}

  private Pass forwardRefreshing(Batch batch, Mode mode) {
    Pass pass = forward(batch, mode);
    if (mode == Mode.TRAINING) {
      updateRunningStatistics(pass);
    }
    return pass;
  }

  private Pass forward(Batch batch, Mode mode) {
    return forward(batch, mode, values);
  }

  private Pass forward(Batch batch, Mode mode, double[] used) {
    Pass pass = new Pass(batch.size(), mode, used);
    pass.setOutput(network.input().name(), images(batch));
    operators.forEach(
        (name, operator) ->
            pass.setOutput(name, words.roundOutput(network, name, operator.forward(pass))));
    return pass;
  }

  private StepResult backward(Pass pass, Batch batch, double labelSmoothing, double lossScale) {
    StepResult result = crossEntropy(pass, batch, labelSmoothing);
    double[] top = pass.gradient(network.output().name());
    for (int i = 0; i < top.length; i++) {
      top[i] *= lossScale;
    }
    List<String> names = new ArrayList<>(operators.keySet());
    for (int i = names.size() - 1; i >= 0; i--) {
      String name = names.get(i);
      double[] arrived = words.roundError(network, name, pass.gradient(name));
      operators.get(name).backward(pass, arrived);
    }
    double[] gradient = pass.parameterGradient();
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] /= lossScale;
    }
    return result;
  }

  /** The loss; its gradient is left at the classifier. */
  private StepResult crossEntropy(Pass pass, Batch batch, double labelSmoothing) {
    String top = network.output().name();
    return CrossEntropy.of(
        pass.output(top), batch, network.classes(), labelSmoothing, pass.gradient(top));
  }

  private void updateRunningStatistics(Pass pass) {
    for (Operator operator : operators.values()) {
      if (operator instanceof BatchNormOperator batchNorm) {
        batchNorm.updateRunningStatistics(pass, values);
      }
    }
  }

  /** Pixels [N, H, W, C] as [N, C, H, W]. */
  private double[] images(Batch batch) {
    Shape shape = network.imageShape();
    batch.requireFits(network);
    double[] images = new double[batch.size() * shape.elements()];
    for (int i = 0; i < images.length; i++) {
      int pixel = i / shape.channels();
      int sample = pixel / shape.pixels();
      int channel = i % shape.channels();
      int target = (sample * shape.channels() + channel) * shape.pixels() + pixel % shape.pixels();
      images[target] = batch.pixels().get(i);
    }
    return images;
  }

  private void requireLength(int length) {
    if (length != layout.length()) {
      throw new IllegalArgumentException(
          "Cannot load " + length + " values: the network has " + layout.length());
    }
  }

  private void round(double[] from, Parameters into) {
    requireLength(into.values().length);
    System.arraycopy(narrow(from), 0, into.values(), 0, from.length);
  }

  private static double[] widen(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private static float[] narrow(double[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
  }
}
