package io.earlybird.spark.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.earlybird.model.file.Tensor;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.pruning.schedule.Schedule;
import io.earlybird.spark.averaging.EpochMean;
import io.earlybird.spark.events.Event;
import io.earlybird.spark.store.FileStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The checkpoints of a run.
 *
 * <p>A directory counts once its manifest stands in it. The newest one whose files have the hashes
 * of its manifest is gone on from.
 */
public final class Checkpoints {
  private static final String LATEST = "LATEST";

  /**
   * Who writes.
   *
   * @param fingerprint identity of the run
   * @param engine that trains
   * @param input of the network
   */
  record Origin(String fingerprint, EngineBuild engine, InputDescription input) {}

  private final FileStore directory;
  private final Origin origin;
  private final Fence fence;
  private final int keep;

  Checkpoints(FileStore directory, Origin origin, Fence fence, int keep) {
    this.directory = directory;
    this.origin = origin;
    this.fence = fence;
    this.keep = keep;
  }

  /** A checkpoint whose files are written and which does not count yet. */
  public final class Pending {
    private final CheckpointName name;
    private final ObjectNode manifest;

    private Pending(CheckpointName name, ObjectNode manifest) {
      this.name = name;
      this.manifest = manifest;
    }

    /**
     * Writes the manifest, which commits the checkpoint, and deletes what is too old to be kept.
     *
     * @param events of the run so far, in order
     * @return URI of the checkpoint
     * @throws OvertakenException if a later attempt has begun; nothing is committed
     */
    public String commit(List<Event> events) {
      Manifest.writeEvents(manifest, events);
      FileStore target = directory.directory(name.toString());
      fence.requireNewest();
      target.writeText(Manifest.NAME, Json.sealed(manifest));
      directory.writeText(LATEST, name + "\n");
      deleteOld(name);
      return target.uri();
    }
  }

  /**
   * Writes the files of a checkpoint.
   *
   * @param state to go on from
   * @param partial how far the next epoch has come
   * @param outer state of the outer step, of any length; empty if it keeps none
   * @param mean of the values at the ends of epochs
   * @param schedule learning rates of the next steps
   * @param instructionSets that executors have computed the state with
   */
  public Pending prepare(
      TrainingState state,
      PartialEpoch partial,
      float[] outer,
      EpochMean mean,
      Schedule schedule,
      Set<String> instructionSets) {
    CheckpointName name = new CheckpointName(state.completedEpochs(), partial.rounds());
    fence.requireNewest();
    delete(name);
    ObjectNode manifest = Json.object();
    Manifest.write(manifest, state, partial, schedule, origin);
    Manifest.writeInstructionSets(manifest, instructionSets);
    Manifest.writeMeanEpochs(manifest, mean.epochs());
    StateFiles files = new StateFiles(directory.directory(name.toString()), manifest);
    files.write(state.network());
    files.write(StateFiles.PARAMETERS, state.parameters());
    files.write(StateFiles.MOMENTUM, state.momentum());
    files.write(StateFiles.POLICY, PolicyTensors.of(state.memory(), state.held()));
    files.write(
        StateFiles.OUTER, List.of(tensor("outer", outer), tensor("mean", mean.values().values())));
    return new Pending(name, manifest);
  }

  private static Tensor tensor(String name, float[] values) {
    return Tensor.of(name, List.of(values.length), values);
  }

  /**
   * The newest checkpoint that is whole.
   *
   * @param note is told of each that was passed over, and why
   * @return empty if none was ever committed
   * @throws RunRefusedException if some were committed and all of them are damaged
   */
  public Optional<Checkpoint> newest(Consumer<String> note) {
    List<String> damages = new ArrayList<>();
    for (CheckpointName name : CheckpointName.all(directory)) {
      FileStore candidate = directory.directory(name.toString());
      if (!candidate.exists(Manifest.NAME)) {
        note.accept("Checkpoint " + name + " was not completed; looking for the one before it");
        continue;
      }
      try {
        return Optional.of(CheckpointReader.read(candidate));
      } catch (DamagedException e) {
        damages.add(name + ": " + e.getMessage());
        note.accept(
            "Checkpoint "
                + name
                + " is damaged ("
                + e.getMessage()
                + "); taking the one before it");
      }
    }
    if (!damages.isEmpty()) {
      throw new RunRefusedException(
          "Cannot go on from "
              + directory.uri()
              + ": no checkpoint is whole ("
              + String.join("; ", damages)
              + "); restore one, or set another run.directory to start anew");
    }
    return Optional.empty();
  }

  /** URI of the newest one that was committed; whether it is whole is not looked at. */
  public Optional<String> newestCommitted() {
    return CheckpointName.committed(directory).stream()
        .findFirst()
        .map(name -> directory.directory(name.toString()).uri());
  }

  /**
   * Keeps the newest of whole epochs, and those inside the running epoch; what was never committed
   * goes, and does not count among those that are kept.
   */
  private void deleteOld(CheckpointName committed) {
    int keptEpochs = 0;
    int keptInside = 0;
    for (CheckpointName name : CheckpointName.all(directory)) {
      if (name.compareTo(committed) > 0) {
        continue;
      }
      boolean kept =
          directory.exists(name + "/" + Manifest.NAME)
              && (name.insideEpoch()
                  ? keptEpochs == 0 && keptInside++ < keep
                  : keptEpochs++ < keep);
      if (!kept) {
        delete(name);
      }
    }
  }

  /** The manifest goes first, so that half a checkpoint never counts. */
  private void delete(CheckpointName name) {
    directory.delete(name + "/" + Manifest.NAME);
    directory.delete(name.toString());
  }
}
