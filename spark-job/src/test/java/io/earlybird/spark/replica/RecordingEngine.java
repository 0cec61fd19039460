package io.earlybird.spark.replica;

import io.earlybird.model.engine.Device;
import io.earlybird.model.engine.Engine;
import io.earlybird.model.engine.Finding;
import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.ReplicaRequest;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.reference.ReferenceEngine;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes any device, remembers which it was asked for, and computes as the reference engine does;
 * {@code recording} in settings.
 */
public final class RecordingEngine implements Engine {
  private static final Map<Replica, Device> DEVICES =
      Collections.synchronizedMap(new IdentityHashMap<>());

  private final Engine reference = new ReferenceEngine();

  /** The device that this replica, opened in this process, was asked for. */
  static Device deviceOf(Replica replica) {
    return DEVICES.get(replica);
  }

  @Override
  public Replica open(ReplicaRequest request) {
    Replica replica =
        reference.open(
            new ReplicaRequest(
                request.network(), Device.cpu(), request.precision(), request.threads()));
    DEVICES.put(replica, request.device());
    return replica;
  }

  @Override
  public String name() {
    return "recording";
  }

  @Override
  public String build() {
    return reference.build();
  }

  @Override
  public String instructionSet() {
    return reference.instructionSet();
  }

  @Override
  public Set<Precision> precisions() {
    return reference.precisions();
  }

  @Override
  public Optional<String> refusal(StepRule rule) {
    return reference.refusal(rule);
  }

  @Override
  public List<Finding> diagnose() {
    return List.of();
  }
}
