package io.earlybird.engine.dl4j;

import io.earlybird.engine.dl4j.onednn.OneDnn;
import io.earlybird.engine.dl4j.onednn.OneDnnKernels;
import io.earlybird.model.engine.Device;
import io.earlybird.model.engine.Engine;
import io.earlybird.model.engine.Finding;
import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.ReplicaRequest;
import io.earlybird.model.engine.StepRule;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Training by DL4J graphs whose layers compute with oneDNN on the processor. */
public final class Dl4jEngine implements Engine {
  private static final Set<Precision> PRECISIONS = Set.of(Precision.FLOAT32);

  @Override
  public String name() {
    return "dl4j";
  }

  @Override
  public String build() {
    return "nd4j 1.0.0-M2.1, onednn " + OneDnn.version();
  }

  @Override
  public String instructionSet() {
    return OneDnn.instructionSet();
  }

  @Override
  public Set<Precision> precisions() {
    return PRECISIONS;
  }

  @Override
  public Optional<String> refusal(StepRule rule) {
    return SupportedRules.refusal(rule);
  }

  @Override
  public Replica open(ReplicaRequest request) {
    if (!PRECISIONS.contains(request.precision())) {
      throw new IllegalArgumentException(
          "The dl4j engine has no precision " + request.precision() + "; it has " + PRECISIONS);
    }
    if (request.device().kind() != Device.Kind.CPU) {
      throw new IllegalArgumentException(
          "The dl4j engine cannot use " + request.device() + "; it computes on the processor");
    }
    return new Dl4jReplica(request.network(), request.threads(), new OneDnnKernels());
  }

  @Override
  public List<Finding> diagnose() {
    return List.of(
        new Finding(
            Finding.Level.OK, "oneDNN", OneDnn.version() + " for " + OneDnn.instructionSet()));
  }
}
