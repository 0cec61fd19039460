package io.earlybird.spark.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.earlybird.spark.store.FileStore;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Content of an attempt's file.
 *
 * @param owner process
 * @param begun when
 * @param interval between two beats of its heart
 */
record AttemptRecord(Owner owner, Instant begun, Duration interval) {
  /** Who waits for a heartbeat waits no longer. */
  private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(10);

  AttemptRecord {
    if (interval.compareTo(Duration.ofMillis(1)) < 0 || interval.compareTo(LONGEST_INTERVAL) > 0) {
      throw new IllegalArgumentException(
          "Invalid attempt: a heartbeat every " + interval + ", allowed are 1 ms to 10 minutes");
    }
  }

  byte[] toBytes() {
    ObjectNode json = Json.object();
    owner.write(json);
    json.put("begun", begun.toString()).put("heartbeatMillis", interval.toMillis());
    return Json.pretty(json).getBytes(StandardCharsets.UTF_8);
  }

  /** The record of an attempt; empty if its file has no valid content, or none yet. */
  static Optional<AttemptRecord> find(FileStore attempts, int number) {
    String text = attempts.readText(AttemptNames.attempt(number));
    try {
      return Optional.of(read(Json.parse(text)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static AttemptRecord read(ObjectNode json) {
    try {
      return new AttemptRecord(
          Owner.read(json),
          Instant.parse(Json.require(json, "begun").asText()),
          Duration.ofMillis(Json.require(json, "heartbeatMillis").asLong()));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("Invalid attempt: " + e.getMessage(), e);
    }
  }
}
