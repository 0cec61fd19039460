package io.earlybird.benchmarks.scaling;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A row of the table of rounds, as far as the model looks at it.
 *
 * @param contestant whose rounds
 * @param stateBytes S
 * @param replicasPerTask G
 * @param tasks of the first stage
 * @param wire form of what travels
 * @param rounds that were measured; 0 if none ended
 * @param sendSeconds until the job began
 * @param replicaStageSeconds without engines
 * @param combineStageSeconds up to the mean on the driver
 * @param restSeconds of the driver
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record MeasuredRound(
    String contestant,
    long stateBytes,
    int replicasPerTask,
    int tasks,
    String wire,
    int rounds,
    double sendSeconds,
    double replicaStageSeconds,
    double combineStageSeconds,
    double restSeconds) {
  /** Rounds of this project in float32, as {@code benchmarks/run rounds} has written them. */
  static List<MeasuredRound> read(Path results) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<MeasuredRound> rows = new ArrayList<>();
    for (JsonNode row : mapper.readTree(results.toFile()).get("rows")) {
      MeasuredRound round = mapper.treeToValue(row, MeasuredRound.class);
      if (round.contestant.equals("resident") && round.wire.equals("float32") && round.rounds > 0) {
        rows.add(round);
      }
    }
    return rows;
  }

  /** How often each of two executors ran a task, one after the other. */
  int waves() {
    return (tasks + 1) / 2;
  }
}
