package io.earlybird.spark.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.earlybird.pruning.detection.MaskHistory;
import io.earlybird.pruning.policy.MaskMemory;
import io.earlybird.pruning.policy.PolicyMemory;
import io.earlybird.spark.events.Event;
import io.earlybird.spark.events.EventJson;
import io.earlybird.spark.store.FileStore;
import io.earlybird.spark.store.StoreException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run directory tells of its run, for whoever shows it; nothing is written.
 *
 * @param uri of the directory
 * @param config content of {@code config.json}
 * @param events that have happened, in order
 * @param masks of each pruning ratio, as of the newest checkpoint; none if the policy keeps none
 * @param manifest of the newest checkpoint; empty before the first
 */
public record RunRecord(
    String uri,
    ObjectNode config,
    List<Event> events,
    SortedMap<Double, MaskHistory> masks,
    Optional<ObjectNode> manifest) {
  public RunRecord {
    config = config.deepCopy();
    events = List.copyOf(events);
    masks = Collections.unmodifiableSortedMap(new TreeMap<>(masks));
    manifest = manifest.map(ObjectNode::deepCopy);
  }

  /**
   * Reads a run directory, of a run that is going on as well.
   *
   * @throws IllegalArgumentException if it is none, or cannot be read
   */
  public static RunRecord read(FileStore run) {
    if (!run.exists(ConfigFile.NAME)) {
      throw new IllegalArgumentException(
          "Cannot find a run in "
              + run.uri()
              + ": it has no "
              + ConfigFile.NAME
              + "; name the directory that train wrote");
    }
    ObjectNode config = Json.parse(run.readText(ConfigFile.NAME));
    List<Event> events =
        run.exists(RunDirectory.EVENTS)
            ? run.readText(RunDirectory.EVENTS)
                .lines()
                .map(Json::parse)
                .map(EventJson::read)
                .toList()
            : List.of();
    FileStore checkpoints = run.directory(RunDirectory.CHECKPOINTS);
    for (CheckpointName name : CheckpointName.committed(checkpoints)) {
      try {
        FileStore newest = checkpoints.directory(name.toString());
        ObjectNode manifest = CheckpointReader.manifest(newest);
        PolicyMemory memory = CheckpointReader.memory(newest, manifest);
        return new RunRecord(
            run.uri(), config, events, MaskMemory.of(memory), Optional.of(manifest));
      } catch (DamagedException | StoreException | IllegalArgumentException e) {
        // an older checkpoint tells the same, but for its last epochs
      }
    }
    return new RunRecord(run.uri(), config, events, new TreeMap<>(), Optional.empty());
  }
}
