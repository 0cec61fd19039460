package io.earlybird.model.engine;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A way to train networks. Implementations are listed for {@link java.util.ServiceLoader} and have
 * no state.
 */
public interface Engine {
  /** Name in settings, for example {@code dl4j}. */
  String name();

  /** Versions of the engine and its native libraries; part of what "same bits" depends on. */
  String build();

  /** Instruction set that the engine uses on this machine, for example {@code avx512_core}. */
  String instructionSet();

  /** Precisions that replicas can be opened with. */
  Set<Precision> precisions();

  /** Why the engine cannot carry out a rule; empty if it can. */
  Optional<String> refusal(StepRule rule);

  /**
   * Opens a replica. The caller closes it.
   *
   * @throws IllegalArgumentException if the device or precision is not supported; the message says
   *     what is
   */
  Replica open(ReplicaRequest request);

  /** What works and what does not on this machine, each with its remedy. */
  List<Finding> diagnose();
}
