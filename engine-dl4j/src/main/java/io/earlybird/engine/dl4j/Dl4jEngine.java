package io.earlybird.engine.dl4j;

import io.earlybird.engine.dl4j.backend.Backend;
import io.earlybird.engine.dl4j.kernels.HostThreads;
import io.earlybird.engine.dl4j.onednn.OneDnn;
import io.earlybird.model.engine.Engine;
import io.earlybird.model.engine.Finding;
import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.ReplicaRequest;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.engine.SupportedRules;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Training by DL4J graphs, whose layers compute with oneDNN on the processor and with ND4J on a
 * GPU.
 */
public final class Dl4jEngine implements Engine {
  static final String NAME = "dl4j";

  @Override
  public String name() {
    return NAME;
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
    try {
      return Backend.loaded().precisions();
    } catch (LinkageError e) {
      // nothing works without the native libraries, and diagnose says what is wrong with them
      return Set.of();
    }
  }

  @Override
  public Optional<String> refusal(StepRule rule) {
    return SupportedRules.refusal(NAME, rule);
  }

  @Override
  public Replica open(ReplicaRequest request) {
    Backend backend = Backend.loaded();
    backend.use(request.device());
    HostThreads threads = new HostThreads(request.threads());
    return new Dl4jReplica(
        request.network(), threads, backend.kernels(request.precision(), threads));
  }

  @Override
  public List<Finding> diagnose() {
    return Diagnosis.run();
  }
}
