package io.earlybird.engine.dl4j;

import io.earlybird.engine.dl4j.backend.Backend;
import io.earlybird.engine.dl4j.onednn.OneDnn;
import io.earlybird.model.engine.Engine;
import io.earlybird.model.engine.Finding;
import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.ReplicaRequest;
import io.earlybird.model.engine.StepRule;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Training by DL4J graphs, whose layers compute with oneDNN on the processor and with ND4J on a
 * GPU.
 */
public final class Dl4jEngine implements Engine {
  private static final Set<Precision> PRECISIONS = Set.of(Precision.FLOAT32);

  @Override
  public String name() {
    return "dl4j";
  }

  @Override
  public String build() {
    return "dl4j "
        + Versions.dl4j()
        + ", onednn "
        + OneDnn.version()
        + " ("
        + Versions.dnnl()
        + ")";
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
    Backend backend = Backend.loaded();
    backend.use(request.device());
    return new Dl4jReplica(request.network(), request.threads(), backend.kernels());
  }

  @Override
  public List<Finding> diagnose() {
    return Diagnosis.run();
  }
}
