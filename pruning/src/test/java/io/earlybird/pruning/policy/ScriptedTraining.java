package io.earlybird.pruning.policy;

import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Input;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Relu;
import io.earlybird.model.network.Shape;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.pruning.policy.Plan.Decision;
import io.earlybird.pruning.schedule.StepDecay;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A run whose epochs change values by a script: gammas follow the trace of specification 1.7, all
 * other values shrink a little. The network has 40 batch-norm channels, so that a ratio of 0.475
 * keeps 20 of them.
 */
final class ScriptedTraining {
  static final double RATIO = 0.475;

  /** Pairs of channels that have changed places after each epoch; the last entry stays. */
  private static final int[] SWAPPED = {0, 1, 2, 3, 4, 5, 5, 6, 6, 6};

  final Policy policy;
  final List<Transition> transitions = new ArrayList<>();

  ScriptedTraining(Policy policy) {
    this.policy = policy;
  }

  static TrainingRecipe recipe(int epochs) {
    return new TrainingRecipe(
        epochs,
        11,
        StepRule.sgd(0, 0.9, 1e-4),
        new StepDecay(0.1, 0.1, List.of(8)),
        Precision.FLOAT32);
  }

  static Network network() {
    return new Network(
        "scripted",
        List.of(
            new Input("input", new Shape(3, 1, 1)),
            new Convolution("conv1", "input", 24, 1, 1, 0),
            new BatchNorm("bn1", "conv1", 0.5),
            new Relu("relu1", "bn1"),
            new Convolution("conv2", "relu1", 16, 1, 1, 0),
            new BatchNorm("bn2", "conv2", 0.5),
            new Relu("relu2", "bn2"),
            new Linear("fc", "relu2", 2, Linear.Initial.NORMAL_001)));
  }

  static TrainingState initial() {
    return TrainingState.initial(network(), Initialization.draw(network(), 5));
  }

  /** Runs from the first question to the decision to stop. */
  ScriptedTraining runFrom(TrainingState state) {
    return goOn(policy.next(state, History.empty(), new SilentProbe()));
  }

  /** Runs from a stored state: the policy is asked for its plan, not for a transition. */
  ScriptedTraining resumeFrom(TrainingState state) {
    return goOn(new Transition(state, policy.plan(state), List.of(), Map.of()));
  }

  private ScriptedTraining goOn(Transition first) {
    Transition transition = first;
    transitions.add(transition);
    while (transition.decision() == Decision.CONTINUE) {
      transition = policy.next(trainedOnce(transition.state()), History.empty(), new SilentProbe());
      transitions.add(transition);
    }
    return this;
  }

  Transition last() {
    return transitions.get(transitions.size() - 1);
  }

  List<PolicyEvent> events() {
    return transitions.stream().flatMap(transition -> transition.events().stream()).toList();
  }

  static TrainingState trainedOnce(TrainingState state) {
    Parameters values = state.parameters().copy();
    Parameters momentum = state.momentum().copy();
    for (int i = 0; i < values.values().length; i++) {
      values.values()[i] *= 0.99f;
    }
    for (int i = 0; i < momentum.layout().trainableLength(); i++) {
      momentum.values()[i] = 0.9f * momentum.values()[i] + 0.001f * (i % 7);
    }
    if (state.phase() == Phase.SEARCH) {
      script(values, state.completedEpochs());
    }
    state.held().zero(values.values());
    state.held().zero(momentum.values());
    return state.trained(values, momentum);
  }

  /** 20 large gammas and 20 small ones; the swapped pairs exchange sides. */
  private static void script(Parameters values, int epoch) {
    int pairs = SWAPPED[Math.min(epoch, SWAPPED.length - 1)];
    for (int channel = 0; channel < 40; channel++) {
      boolean large = channel >= 20 ? channel < 20 + pairs : channel >= pairs;
      float gamma = (large ? 1 : 0.1f) + 0.001f * channel;
      String tensor = channel < 24 ? "bn1.weight" : "bn2.weight";
      values.slice(tensor).put(channel < 24 ? channel : channel - 24, gamma);
    }
  }

  /** Nobody asks it. */
  private static final class SilentProbe implements Probe {
    @Override
    public Parameters gradients(TrainingState state, int batches) {
      throw new UnsupportedOperationException("gradients are not expected to be asked for");
    }

    @Override
    public List<Map<String, float[]>> activations(
        TrainingState state, Set<String> nodes, int batches) {
      throw new UnsupportedOperationException("activations are not expected to be asked for");
    }

    @Override
    public Parameters batchNormStatistics(TrainingState state, int batches) {
      throw new UnsupportedOperationException("statistics are not expected to be asked for");
    }
  }
}
