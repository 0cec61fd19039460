package io.earlybird.spark.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.earlybird.pruning.policy.PolicyEvent.TicketEmerged;
import io.earlybird.pruning.policy.PolicyMemory;
import io.earlybird.pruning.policy.Ticket;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.spark.store.FileStore;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * Tickets as they emerge, each in a directory such as {@code p50-epoch-0007}, and the mean over
 * epochs.
 */
public final class Tickets {
  private static final String MEAN = "swa-epoch-";

  private final FileStore directory;
  private final RunIdentity run;
  private final Fence fence;

  Tickets(FileStore directory, RunIdentity run, Fence fence) {
    this.directory = directory;
    this.run = run;
    this.fence = fence;
  }

  /**
   * Saves a ticket, unless it was saved before.
   *
   * @param generation of the network that the run would go on with
   * @return URI of its directory
   */
  public String save(TicketEmerged event, int generation) {
    FileStore target = directory.directory(name(event.ratio(), event.epoch()));
    if (target.exists(Manifest.NAME)) {
      return target.uri();
    }
    // What a driver that died in the middle has left.
    directory.delete(name(event.ratio(), event.epoch()));
    ObjectNode manifest =
        manifest(event.epoch(), generation)
            .put("phase", "retrain")
            .put("ratio", event.ratio())
            .put("detector", event.detector());
    write(target, manifest, event.ticket());
    return target.uri();
  }

  /**
   * Saves the mean over epochs in {@code swa-epoch-0160}, unless it was saved before, and deletes
   * the one of an epoch before.
   *
   * @param averaged network with the mean and its statistics
   * @param epochs that are in it
   * @return URI of its directory
   */
  public String saveMean(TrainingState averaged, int epochs) {
    String name = String.format(Locale.ROOT, "%s%04d", MEAN, averaged.completedEpochs());
    FileStore target = directory.directory(name);
    if (!target.exists(Manifest.NAME)) {
      directory.delete(name);
      ObjectNode manifest = manifest(averaged.completedEpochs(), averaged.generation());
      manifest.put("phase", averaged.phase().name().toLowerCase(Locale.ROOT));
      Manifest.writeMeanEpochs(manifest, epochs);
      write(
          target,
          manifest,
          new Ticket(
              averaged.network(), averaged.parameters(), averaged.momentum(), averaged.held()));
    }
    for (String other : directory.list()) {
      if (other.startsWith(MEAN) && !other.equals(name)) {
        directory.delete(other + "/" + Manifest.NAME);
        directory.delete(other);
      }
    }
    return target.uri();
  }

  private ObjectNode manifest(int epoch, int generation) {
    return Json.object()
        .put("format", 1)
        .put("epoch", epoch)
        .put("round", 0)
        .put("generation", generation)
        .put("fingerprint", run.fingerprint());
  }

  /** The manifest goes last. */
  private void write(FileStore target, ObjectNode manifest, Ticket ticket) {
    run.input().write(manifest);
    manifest.putObject("policy");
    StateFiles files = new StateFiles(target, manifest);
    files.write(ticket.network());
    files.write(StateFiles.PARAMETERS, ticket.parameters());
    files.write(StateFiles.MOMENTUM, ticket.momentum());
    files.write(StateFiles.POLICY, PolicyTensors.of(PolicyMemory.empty(), ticket.held()));
    fence.requireNewest();
    target.writeText(Manifest.NAME, Json.sealed(manifest));
  }

  /** For example {@code p50-epoch-0007}, or {@code p12.5-epoch-0007}. */
  static String name(double ratio, int epoch) {
    String percent =
        BigDecimal.valueOf(ratio).movePointRight(2).stripTrailingZeros().toPlainString();
    return String.format(Locale.ROOT, "p%s-epoch-%04d", percent, epoch);
  }
}
