package io.earlybird.pruning.parity;

import io.earlybird.model.engine.Replica;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Relu;
import io.earlybird.model.reference.ReferenceReplica;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Runs a case through one engine in all variations, and judges the results of another by it. */
public final class Parity {
  private final Function<Network, Replica> engine;
  private final Consumer<Trace> questions;

  private Parity(Function<Network, Replica> engine, Consumer<Trace> questions) {
    this.engine = engine;
    this.questions = questions;
  }

  /** Compares logits of evaluation. */
  public static Parity ofEvaluation(Function<Network, Replica> engine) {
    return new Parity(engine, Trace::evaluate);
  }

  /** Compares outputs of all nodes in both modes. */
  public static Parity ofActivations(Function<Network, Replica> engine) {
    return new Parity(engine, Trace::activate);
  }

  /**
   * Compares logits, losses, gradients, running statistics, values and momentum.
   *
   * @param engine opens a replica in float32; its rounding is measured
   * @param after numbers of steps after which values and momentum are compared
   */
  public static Parity ofTraining(Function<Network, Replica> engine, Integer... after) {
    Set<Integer> steps = Set.of(after);
    return new Parity(engine, trace -> trace.train(steps));
  }

  /** Fails where the engine differs from the reference engine by more than rounding. */
  public void assertAgreesWithReference(ParityCase parity) {
    assertAgrees(parity, ReferenceReplica::new);
  }

  /** Fails where the engine differs from another by more than rounding. */
  public void assertAgrees(ParityCase parity, Function<Network, Replica> other) {
    State state = State.of(parity);
    Recording recording = new Recording();
    trace(parity, state, Variation.NONE, engine, recording);
    Distances noise = new Distances(recording);
    trace(parity, state, Variation.REVERSED, engine, noise);
    trace(parity, state, Variation.NUDGED, engine, noise);
    Distances differences = new Distances(recording);
    trace(parity, state, Variation.NONE, other, differences);
    int rectifiers = state.network().nodes(Relu.class).size();
    new Rounding(recording, noise, rectifiers).assertExplains(differences);
  }

  private void trace(
      ParityCase parity,
      State state,
      Variation variation,
      Function<Network, Replica> opener,
      Trace.Listener listener) {
    try (Replica replica = opener.apply(state.network())) {
      questions.accept(new Trace(state, parity.batchSizes(), variation, replica, listener));
    }
  }
}
