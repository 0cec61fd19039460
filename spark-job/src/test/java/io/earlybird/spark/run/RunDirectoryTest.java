package io.earlybird.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.pruning.policy.PolicyEvent.TicketEmerged;
import io.earlybird.pruning.policy.Ticket;
import io.earlybird.spark.events.TicketEvent;
import io.earlybird.spark.run.RunDirectory.EngineChange;
import io.earlybird.spark.store.FileStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
  @TempDir private Path parent;
  private final List<String> notes = new ArrayList<>();

  @Test
  void theDefaultDirectoryIsNamedByTheRunAndItsFingerprint() {
    RunIdentity run = RunExamples.run("run.name=imagenet");
    assertThat(RunDirectory.uri(run.settings(), run.identity(), LocalDate.of(2026, 1, 2)))
        .isEqualTo("runs/imagenet-" + run.fingerprint().substring(0, 8));
  }

  @Test
  void theDateOfTheStartMayBePartOfTheDirectory() {
    RunIdentity run = RunExamples.run("run.directory=hdfs://nn/runs/nightly-${date}");
    assertThat(RunDirectory.uri(run.settings(), run.identity(), LocalDate.of(2026, 1, 2)))
        .isEqualTo("hdfs://nn/runs/nightly-2026-01-02");
  }

  @Test
  void theConfigurationIsStoredWithTheRun() throws IOException {
    RunIdentity run = RunExamples.run("run.epochs=7");
    begin(run);
    JsonNode config = new ObjectMapper().readTree(parent.resolve("run/config.json").toFile());
    assertThat(config.get("fingerprint").asText()).isEqualTo(run.fingerprint());
    assertThat(config.at("/earlybird/run/epochs").asInt()).isEqualTo(7);
    assertThat(config.at("/engine/name").asText()).isEqualTo("dl4j");
    assertThat(config.at("/identity/data.train.index").asText()).isEqualTo("aa");
  }

  @Test
  void aDirectoryOfOtherIdentitySettingsIsRefusedWithEveryDifference() {
    begin(RunExamples.run());
    RunIdentity other = RunExamples.run("optimizer.learning-rate=0.2", "run.seed=2");
    assertThatThrownBy(() -> begin(other))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("Cannot use file://" + parent.resolve("run"))
        .hasMessageContaining("optimizer.learning-rate was 0.1, is 0.2; run.seed was 1, is 2")
        .hasMessageContaining("set another run.directory, or undo the change");
    assertThatThrownBy(() -> directory().requireUsable(other, EngineChange.REFUSED, notes::add))
        .isInstanceOf(RunRefusedException.class);
  }

  @Test
  void operationalSettingsMayChange() {
    begin(RunExamples.run());
    begin(RunExamples.run("data.decode-threads=5", "checkpoint.keep=1"));
  }

  @Test
  void epochsMayGrowAndNotShrink() {
    begin(RunExamples.run("run.epochs=7"));
    begin(RunExamples.run("run.epochs=9"));
    assertThatThrownBy(() -> begin(RunExamples.run("run.epochs=8")))
        .hasMessageContaining("run.epochs was 9, is 8; it may only grow");
  }

  @Test
  void anotherEngineBuildIsRefusedUnlessItIsAllowed() {
    begin(RunExamples.run());
    RunIdentity newer = RunExamples.run(new EngineBuild("dl4j", "1.1"));
    assertThatThrownBy(() -> begin(newer))
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("engine dl4j (1.0), this is dl4j (1.1)")
        .hasMessageContaining("--allow-engine-change");
    directory().begin(newer, EngineChange.ALLOWED, notes::add).close();
    begin(newer);
  }

  @Test
  void aRefusedStartLeavesTheDirectoryAsItWas() throws IOException {
    begin(RunExamples.run());
    String before = Files.readString(parent.resolve("run/config.json"));
    assertThatThrownBy(() -> begin(RunExamples.run("run.seed=2")))
        .isInstanceOf(RunRefusedException.class);
    assertThat(Files.readString(parent.resolve("run/config.json"))).isEqualTo(before);
    assertThat(directory().uri()).isEqualTo("file://" + parent.resolve("run"));
    try (var attempts = Files.list(parent.resolve("run/attempts"))) {
      assertThat(attempts.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("attempt-1", "ended-1");
    }
  }

  @Test
  void aDirectoryInUseIsRefused() {
    RunIdentity run = RunExamples.run();
    try (Attempt living = directory().begin(run, EngineChange.REFUSED, notes::add)) {
      assertThatThrownBy(() -> begin(run))
          .isInstanceOf(RunRefusedException.class)
          .hasMessageContaining("attempt " + living.number() + " is at work");
      assertThatThrownBy(() -> directory().requireUsable(run, EngineChange.REFUSED, notes::add))
          .isInstanceOf(RunRefusedException.class);
    }
  }

  @Test
  void aStartDeletesWhatDriversThatWereKilledWhileTheyWroteHaveLeft() throws IOException {
    begin(RunExamples.run());
    begin(RunExamples.run());
    String half = ".00000000-0000-0000-0000-000000000000.tmp";
    Files.createDirectories(parent.resolve("run/checkpoints"));
    for (String name :
        List.of(
            ".events.jsonl",
            ".writable",
            "checkpoints/.LATEST",
            "attempts/.heartbeat-2",
            "attempts/.heartbeat-4")) {
      Files.writeString(parent.resolve("run").resolve(name + half), "half");
    }
    begin(RunExamples.run());
    try (var all = Files.walk(parent.resolve("run"))) {
      assertThat(all.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(half)))
          .as("only what may be of a driver that is starting now")
          .containsExactly(".heartbeat-4" + half);
    }
  }

  @Test
  void aTicketThatWasHalfWrittenIsWrittenAnew() throws IOException {
    Path ticket = parent.resolve("run/tickets/p50-epoch-0007");
    Files.createDirectories(ticket);
    Files.writeString(ticket.resolve(".momentum.safetensors.1.tmp"), "half");
    directory().tickets(RunExamples.run(), () -> {}).save(ticket(), 1);
    assertThat(ticket.resolve(".momentum.safetensors.1.tmp")).doesNotExist();
    assertThat(ticket.resolve("manifest.json")).exists();
  }

  @Test
  void whereTheStoreCannotLockTheUserSaysSoByName() {
    RunIdentity run = RunExamples.run("run.lock=off");
    directory().beginUnlocked(run, EngineChange.REFUSED).requireNewest();
    assertThat(parent.resolve("run/config.json")).exists();
    assertThat(parent.resolve("run/attempts")).doesNotExist();
  }

  @Test
  void eventsAreRewrittenWhole() throws IOException {
    TicketEvent event = new TicketEvent(Instant.EPOCH, 7, 0.5, "consecutive", List.of(0.1));
    directory().writeEvents(List.of(event, event));
    directory().writeEvents(List.of(event));
    assertThat(Files.readAllLines(parent.resolve("run/events.jsonl"))).hasSize(1);
  }

  @Test
  void aTicketIsSavedOnceAndEvaluatesLikeACheckpoint() {
    RunIdentity run = RunExamples.run();
    TicketEmerged event = ticket();
    String uri = directory().tickets(run, () -> {}).save(event, 1);
    assertThat(uri).isEqualTo("file://" + parent.resolve("run/tickets/p50-epoch-0007"));
    assertThat(directory().tickets(run, () -> {}).save(event, 1)).isEqualTo(uri);
    assertThat(
            CheckpointReader.trained(FileStore.at(uri, new Configuration())).state().parameters())
        .isEqualTo(event.ticket().parameters());
  }

  private static TicketEmerged ticket() {
    Parameters parameters = Initialization.draw(RunExamples.NETWORK, 1);
    Ticket ticket =
        new Ticket(
            RunExamples.NETWORK,
            parameters,
            Parameters.zeros(parameters.layout()),
            HeldEntries.none());
    return new TicketEmerged(7, 0.5, "consecutive", List.of(0.1), ticket);
  }

  @Test
  void ticketsAreNamedInPercent() {
    assertThat(Tickets.name(0.7, 12)).isEqualTo("p70-epoch-0012");
    assertThat(Tickets.name(0.125, 3)).isEqualTo("p12.5-epoch-0003");
  }

  private void begin(RunIdentity run) {
    directory().begin(run, EngineChange.REFUSED, notes::add).close();
  }

  private RunDirectory directory() {
    return new RunDirectory(FileStore.at(parent.resolve("run").toString(), new Configuration()));
  }
}
