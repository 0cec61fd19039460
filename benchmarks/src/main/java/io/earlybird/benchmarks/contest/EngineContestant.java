package io.earlybird.benchmarks.contest;

import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Device;
import io.earlybird.model.engine.Engines;
import io.earlybird.model.engine.Mode;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.ReplicaRequest;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.parameters.Parameters;

/** A replica of one of the engines. */
public final class EngineContestant implements Contestant {
  private final Replica replica;
  private final Batch batch;
  private final StepRule rule = Recipe.rule();

  /**
   * Opens a replica.
   *
   * @param engine by name
   */
  public EngineContestant(String engine, Assignment assignment) {
    this.replica =
        Engines.named(engine)
            .open(
                new ReplicaRequest(
                    assignment.network(),
                    Device.cpu(),
                    assignment.precision(),
                    assignment.threads()));
    this.batch = assignment.batch();
    Parameters values = assignment.values();
    replica.load(values, Parameters.zeros(values.layout()));
  }

  @Override
  public double train() {
    return replica.step(batch, rule).loss();
  }

  @Override
  public float[] infer() {
    return replica.logits(batch, Mode.EVALUATION);
  }

  @Override
  public void close() {
    replica.close();
  }
}
