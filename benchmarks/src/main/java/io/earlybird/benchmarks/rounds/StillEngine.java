package io.earlybird.benchmarks.rounds;

import io.earlybird.model.engine.Engine;
import io.earlybird.model.engine.Finding;
import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.ReplicaRequest;
import io.earlybird.model.engine.StepRule;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An engine that computes nothing, so that a round consists of transport. */
public final class StillEngine implements Engine {
  /** Its name. */
  static final String NAME = "still";

  /** The engine; for {@link java.util.ServiceLoader}. */
  public StillEngine() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String build() {
    return "1";
  }

  @Override
  public String instructionSet() {
    return "java";
  }

  @Override
  public Set<Precision> precisions() {
    return Set.of(Precision.FLOAT32);
  }

  @Override
  public Optional<String> refusal(StepRule rule) {
    return Optional.empty();
  }

  @Override
  public Replica open(ReplicaRequest request) {
    return new StillReplica(request.network());
  }

  @Override
  public List<Finding> diagnose() {
    return List.of();
  }
}
