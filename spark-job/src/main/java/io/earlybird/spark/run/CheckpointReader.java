package io.earlybird.spark.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.earlybird.model.file.Safetensors;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.pruning.policy.PolicyMemory;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.spark.averaging.EpochMean;
import io.earlybird.spark.averaging.FloatVector;
import io.earlybird.spark.store.FileStore;
import io.earlybird.spark.store.StoreException;

/** Reads and checks the directory of one checkpoint or ticket. */
public final class CheckpointReader {
  private CheckpointReader() {}

  /**
   * The trained network at a place, for evaluation and prediction.
   *
   * @param place directory of a checkpoint, a ticket or a run; of a run, the newest whole
   *     checkpoint is taken
   * @throws IllegalArgumentException if there is none, or it is damaged
   */
  public static TrainedNetwork trained(FileStore place) {
    if (place.exists(Manifest.NAME)) {
      try {
        ObjectNode manifest = manifest(place);
        return described(state(place, manifest), manifest);
      } catch (DamagedException e) {
        throw new IllegalArgumentException(
            "Cannot read checkpoint " + place + ": " + e.getMessage(), e);
      }
    }
    FileStore checkpoints =
        place.exists(RunDirectory.CHECKPOINTS) ? place.directory(RunDirectory.CHECKPOINTS) : place;
    return trained(
        CheckpointName.committed(checkpoints).stream()
            .findFirst()
            .map(name -> checkpoints.directory(name.toString()))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Cannot find a checkpoint in "
                            + checkpoints
                            + ": name the directory of a run, or one of its checkpoints/")));
  }

  /** Reads everything and compares the hashes. */
  static Checkpoint read(FileStore directory) {
    ObjectNode manifest = manifest(directory);
    TrainingState state = state(directory, manifest);
    Safetensors outer = new StateFiles(directory, manifest).readTensors(StateFiles.OUTER);
    try {
      return new Checkpoint(
          state,
          Manifest.partial(manifest),
          outer.tensor("outer").floats(),
          mean(manifest, outer, state),
          Manifest.events(manifest),
          Manifest.instructionSets(manifest));
    } catch (IllegalArgumentException e) {
      throw new DamagedException(Manifest.NAME + ": " + e.getMessage(), e);
    }
  }

  private static EpochMean mean(ObjectNode manifest, Safetensors outer, TrainingState state) {
    int epochs = Manifest.meanEpochs(manifest);
    if (epochs == 0) {
      return EpochMean.none();
    }
    EpochMean mean = new EpochMean(epochs, new FloatVector(outer.tensor("mean").floats()));
    mean.requireFits(state.parameters());
    return mean;
  }

  private static TrainedNetwork described(TrainingState state, ObjectNode manifest) {
    try {
      return new TrainedNetwork(state, InputDescription.read(manifest));
    } catch (IllegalArgumentException e) {
      throw new DamagedException(Manifest.NAME + ": " + e.getMessage(), e);
    }
  }

  /** The manifest as it was committed. */
  static ObjectNode manifest(FileStore directory) {
    try {
      ObjectNode manifest = Json.unsealed(directory.readText(Manifest.NAME));
      Manifest.requireReadable(manifest);
      return manifest;
    } catch (IllegalArgumentException e) {
      throw new DamagedException(Manifest.NAME + ": " + e.getMessage(), e);
    }
  }

  /** What the policy remembers, without the values of the network. */
  static PolicyMemory memory(FileStore directory, ObjectNode manifest) {
    return memory(manifest, new StateFiles(directory, manifest).readTensors(StateFiles.POLICY));
  }

  private static PolicyMemory memory(ObjectNode manifest, Safetensors policy) {
    return PolicyTensors.memory(Json.require(manifest, "policy").toString(), policy);
  }

  private static TrainingState state(FileStore directory, ObjectNode manifest) {
    try {
      StateFiles files = new StateFiles(directory, manifest);
      Network network = files.readNetwork();
      ParameterLayout layout = ParameterLayout.of(network);
      Safetensors policy = files.readTensors(StateFiles.POLICY);
      return new TrainingState(
          Json.require(manifest, "epoch").asInt(),
          Json.require(manifest, "generation").asInt(),
          Manifest.phase(manifest),
          network,
          files.readParameters(StateFiles.PARAMETERS, layout),
          files.readParameters(StateFiles.MOMENTUM, layout),
          memory(manifest, policy),
          PolicyTensors.held(policy));
    } catch (StoreException | IllegalArgumentException e) {
      throw new DamagedException(e.getMessage(), e);
    }
  }
}
