package io.earlybird.model.reference;

import io.earlybird.model.engine.Device;
import io.earlybird.model.engine.Engine;
import io.earlybird.model.engine.Finding;
import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.ReplicaRequest;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.engine.SupportedRules;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Opens {@link ReferenceReplica}s; {@code reference} in settings. */
public final class ReferenceEngine implements Engine {
  @Override
  public String name() {
    return "reference";
  }

  @Override
  public String build() {
    return "reference 1";
  }

  @Override
  public String instructionSet() {
    return "java";
  }

  @Override
  public Set<Precision> precisions() {
    return Set.of(Precision.FLOAT64);
  }

  @Override
  public Optional<String> refusal(StepRule rule) {
    return SupportedRules.refusal(name(), rule);
  }

  @Override
  public ReferenceReplica open(ReplicaRequest request) {
    if (request.device().kind() != Device.Kind.CPU) {
      throw new IllegalArgumentException(
          "Cannot open a reference replica on " + request.device() + ": it supports CPU only");
    }
    if (request.precision() != Precision.FLOAT64) {
      throw new IllegalArgumentException(
          "Cannot open a reference replica in "
              + request.precision()
              + ": it supports FLOAT64 only");
    }
    return new ReferenceReplica(request.network());
  }

  @Override
  public List<Finding> diagnose() {
    return List.of(new Finding(Finding.Level.OK, "reference", "plain Java in double precision"));
  }
}
