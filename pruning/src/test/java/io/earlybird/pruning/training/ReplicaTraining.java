package io.earlybird.pruning.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.model.engine.Mode;
import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.AveragePool;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Input;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Relu;
import io.earlybird.model.network.Shape;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.model.random.Seeds;
import io.earlybird.model.reference.RandomBatches;
import io.earlybird.model.reference.ReferenceReplica;
import io.earlybird.pruning.policy.History;
import io.earlybird.pruning.policy.Plan;
import io.earlybird.pruning.policy.Plan.Decision;
import io.earlybird.pruning.policy.Policy;
import io.earlybird.pruning.policy.PolicyEvent;
import io.earlybird.pruning.policy.PolicyMemory;
import io.earlybird.pruning.policy.PolicyOptions;
import io.earlybird.pruning.policy.Probe;
import io.earlybird.pruning.policy.TrainingRecipe;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.pruning.policy.Transition;
import io.earlybird.pruning.schedule.StepDecay;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Trains what a policy says on two replicas that are averaged once an epoch, on batches that are a
 * function of epoch, step and replica.
 */
public final class ReplicaTraining {
  /** Steps of an epoch. */
  public static final int STEPS = 2;

  private static final int REPLICAS = 2;
  private static final int BATCH = 4;

  private final Policy policy;
  private final List<Transition> transitions = new ArrayList<>();

  private ReplicaTraining(Policy policy) {
    this.policy = policy;
  }

  /** A recipe whose rate falls to a tenth at epoch 2. */
  public static TrainingRecipe recipe(int epochs) {
    return new TrainingRecipe(
        epochs,
        11,
        StepRule.sgd(0, 0.9, 1e-4),
        new StepDecay(0.05, 0.1, List.of(2)),
        Precision.FLOAT32);
  }

  /** Two convolutions and a classifier: 24 * 27 + 16 * 24 * 9 + 3 * 16 weights. */
  public static Network network() {
    return new Network(
        "tiny",
        List.of(
            new Input("input", new Shape(3, 5, 5)),
            new Convolution("conv1", "input", 24, 3, 1, 1),
            new BatchNorm("bn1", "conv1", 0.5),
            new Relu("relu1", "bn1"),
            new Convolution("conv2", "relu1", 16, 3, 2, 1),
            new BatchNorm("bn2", "conv2", 0.5),
            new Relu("relu2", "bn2"),
            new AveragePool("pool", "relu2", 3, 3, false),
            new Linear("fc", "pool", 3, Linear.Initial.NORMAL_001)));
  }

  /** The whole run. */
  public static ReplicaTraining run(PolicyOptions options, int epochs) {
    Policy policy = options.create(recipe(epochs));
    ReplicaTraining training = new ReplicaTraining(policy);
    TrainingState initial = TrainingState.initial(network(), Initialization.draw(network(), 5));
    return training.goOn(policy.next(initial, History.empty(), new ReplicaProbe()));
  }

  /**
   * Fails unless a run that is resumed after each epoch, from what a checkpoint holds, ends as the
   * whole run does.
   */
  public static void requireResumes(PolicyOptions options, int epochs) {
    ReplicaTraining whole = run(options, epochs);
    Transition last = whole.last();
    for (int i = 0; i + 1 < whole.transitions.size(); i++) {
      Policy policy = options.create(recipe(epochs));
      TrainingState stored = stored(whole.states.get(i));
      Transition first = new Transition(stored, policy.plan(stored), List.of(), Map.of());
      assertThat(first.plan()).as("plan after " + i).isEqualTo(whole.transitions.get(i).plan());
      TrainingState trained = train(stored, first.plan());
      Transition second = policy.next(trained, History.empty(), new ReplicaProbe());
      assertThat(second.state().parameters())
          .as("values after " + (i + 1))
          .isEqualTo(whole.states.get(i + 1).parameters());
      assertThat(second.state().momentum()).isEqualTo(whole.states.get(i + 1).momentum());
      assertThat(second.state().held()).isEqualTo(whole.states.get(i + 1).held());
      assertThat(second.state().memory()).isEqualTo(whole.states.get(i + 1).memory());
      assertThat(second.events()).isEqualTo(whole.transitions.get(i + 1).events());
    }
    assertThat(last.decision()).isEqualTo(Decision.STOP);
  }

  private final List<TrainingState> states = new ArrayList<>();
  private final List<TrainingState> trainings = new ArrayList<>();

  private ReplicaTraining goOn(Transition first) {
    Transition transition = first;
    keep(transition);
    while (transition.decision() == Decision.CONTINUE) {
      TrainingState trained = train(transition.state(), transition.plan());
      trainings.add(stored(trained));
      transition = policy.next(trained, History.empty(), new ReplicaProbe());
      keep(transition);
    }
    return this;
  }

  private void keep(Transition transition) {
    transitions.add(transition);
    states.add(stored(transition.state()));
  }

  /** Answers of the policy: before the first epoch and after each. */
  public List<Transition> transitions() {
    return transitions;
  }

  /** Copies of the states of the answers. */
  public List<TrainingState> states() {
    return states;
  }

  /** A copy of the state as an epoch, from 0, has left it, before the policy was asked. */
  public TrainingState trained(int epoch) {
    return trainings.get(epoch);
  }

  /** The last answer. */
  public Transition last() {
    return transitions.get(transitions.size() - 1);
  }

  /** All events, in order. */
  public List<PolicyEvent> events() {
    return transitions.stream().flatMap(transition -> transition.events().stream()).toList();
  }

  /** Fails unless every weight that is held after an epoch is exactly zero in value. */
  public ReplicaTraining requireZeros() {
    for (TrainingState state : states) {
      for (int i = state.held().next(0); i >= 0; i = state.held().next(i + 1)) {
        assertThat(state.parameters().values()[i])
            .as("entry " + i + " after epoch " + state.completedEpochs())
            .isZero();
      }
    }
    return this;
  }

  private static TrainingState train(TrainingState state, Plan plan) {
    int length = state.parameters().values().length;
    double[] values = new double[length];
    double[] momentum = new double[length];
    for (int r = 0; r < REPLICAS; r++) {
      try (ReferenceReplica replica = new ReferenceReplica(state.network())) {
        replica.load(state.parameters(), state.momentum());
        for (int step = 0; step < STEPS; step++) {
          replica.step(
              RandomBatches.of(state.network(), BATCH, seed(state.completedEpochs(), step, r)),
              plan.rule(state.completedEpochs(), step, STEPS));
        }
        for (int i = 0; i < length; i++) {
          values[i] += replica.values()[i] / REPLICAS;
          momentum[i] += replica.momentum()[i] / REPLICAS;
        }
      }
    }
    return state.trained(rounded(state, values), rounded(state, momentum));
  }

  private static Parameters rounded(TrainingState state, double[] values) {
    Parameters rounded = Parameters.zeros(state.parameters().layout());
    for (int i = 0; i < values.length; i++) {
      rounded.values()[i] = (float) values[i];
    }
    return rounded;
  }

  private static long seed(int epoch, int step, int replica) {
    return Seeds.derive(epoch, step, replica);
  }

  /** What a checkpoint would give back: nothing is shared with the original. */
  public static TrainingState stored(TrainingState state) {
    Map<String, float[]> tensors = new TreeMap<>();
    state.memory().tensors().forEach((name, values) -> tensors.put(name, values.clone()));
    return new TrainingState(
        state.completedEpochs(),
        state.generation(),
        state.phase(),
        state.network(),
        state.parameters().copy(),
        state.momentum().copy(),
        new PolicyMemory(state.memory().json(), tensors, state.memory().bitSets()),
        state.held());
  }

  /** Measures on the reference engine. */
  private static final class ReplicaProbe implements Probe {
    @Override
    public Parameters gradients(TrainingState state, int batches) {
      double[] sum = new double[state.parameters().values().length];
      for (int step = 0; step < batches; step++) {
        for (int r = 0; r < REPLICAS; r++) {
          ReferenceReplica replica = new ReferenceReplica(state.network());
          replica.load(state.parameters(), state.momentum());
          double[] gradient =
              replica.gradients(
                  RandomBatches.of(state.network(), BATCH, seed(state.completedEpochs(), step, r)),
                  0);
          for (int i = 0; i < sum.length; i++) {
            sum[i] += gradient[i] / (REPLICAS * batches);
          }
        }
      }
      return rounded(state, sum);
    }

    @Override
    public List<Map<String, float[]>> activations(
        TrainingState state, Set<String> nodes, int batches) {
      List<Map<String, float[]>> found = new ArrayList<>();
      for (int step = 0; step < batches; step++) {
        ReferenceReplica replica = new ReferenceReplica(state.network());
        replica.load(state.parameters(), state.momentum());
        found.add(
            replica.activations(
                RandomBatches.of(state.network(), BATCH, seed(state.completedEpochs(), step, 0)),
                nodes,
                Mode.TRAINING));
      }
      return found;
    }

    @Override
    public Parameters batchNormStatistics(TrainingState state, int batches) {
      throw new UnsupportedOperationException("statistics are not expected to be asked for");
    }
  }
}
