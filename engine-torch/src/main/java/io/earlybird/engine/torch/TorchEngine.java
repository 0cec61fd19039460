package io.earlybird.engine.torch;

import io.earlybird.model.engine.Engine;
import io.earlybird.model.engine.Finding;
import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.ReplicaRequest;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.engine.SupportedRules;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Training by libtorch on the processor or a GPU. The class itself needs no native library. */
public final class TorchEngine implements Engine {
  static final String NAME = "torch";

  private static final Set<Precision> PRECISIONS =
      Collections.unmodifiableSet(EnumSet.of(Precision.FLOAT32, Precision.BFLOAT16));

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String build() {
    return "libtorch " + Versions.libtorch() + " (" + Versions.presets() + ")";
  }

  @Override
  public String instructionSet() {
    return Libtorch.instructionSet();
  }

  @Override
  public Set<Precision> precisions() {
    return PRECISIONS;
  }

  @Override
  public Optional<String> refusal(StepRule rule) {
    return SupportedRules.refusal(NAME, rule);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if libtorch does not load; the message says what to do
   */
  @Override
  public Replica open(ReplicaRequest request) {
    if (!PRECISIONS.contains(request.precision())) {
      throw new IllegalArgumentException(
          "The torch engine has no precision " + request.precision() + "; it has " + PRECISIONS);
    }
    Libtorch.load();
    Placement placement = new Placement(request.device(), request.precision());
    placement.requireUsable();
    return new TorchReplica(request.network(), placement, request.threads());
  }

  @Override
  public List<Finding> diagnose() {
    return Diagnosis.run();
  }
}
