package io.earlybird.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.pruning.policy.Phase;
import io.earlybird.pruning.policy.PolicyMemory;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.pruning.schedule.StepDecay;
import io.earlybird.spark.averaging.EpochMean;
import io.earlybird.spark.events.EpochEvent;
import io.earlybird.spark.events.EpochSeconds;
import io.earlybird.spark.events.Event;
import io.earlybird.spark.events.TicketEvent;
import io.earlybird.spark.store.FileStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointsTest {
  private static final StepDecay SCHEDULE = new StepDecay(0.1, 0.1, List.of(30, 60));
  private static final float[] OUTER = {0.5f, -0.25f};
  private static final EpochMean MEAN =
      EpochMean.none().plus(Initialization.draw(RunExamples.NETWORK, 55));
  private static final Set<String> INSTRUCTION_SETS = Set.of("avx512_core", "avx2");

  @TempDir private Path directory;
  private final List<String> notes = new ArrayList<>();
  private boolean overtaken;

  @Test
  void whatIsCommittedIsReadToTheSameBits() {
    TrainingState state = state(7);
    checkpoints(3)
        .prepare(state, PartialEpoch.none(), OUTER, MEAN, SCHEDULE, INSTRUCTION_SETS)
        .commit(events(7));
    Checkpoint read = newest();
    assertThat(read.state().completedEpochs()).isEqualTo(7);
    assertThat(read.state().generation()).isEqualTo(1);
    assertThat(read.state().phase()).isEqualTo(Phase.RETRAIN);
    assertThat(read.state().network()).isEqualTo(state.network());
    assertThat(read.state().parameters()).isEqualTo(state.parameters());
    assertThat(read.state().momentum()).isEqualTo(state.momentum());
    assertThat(read.state().memory()).isEqualTo(state.memory());
    assertThat(read.state().held()).isEqualTo(state.held());
    assertThat(read.partial()).isEqualTo(PartialEpoch.none());
    assertThat(read.outer()).containsExactly(OUTER);
    assertThat(read.mean().epochs()).isEqualTo(1);
    assertThat(read.mean().values().values()).containsExactly(MEAN.values().values());
    assertThat(read.events()).isEqualTo(events(7));
    assertThat(read.instructionSets()).isEqualTo(INSTRUCTION_SETS);
    assertThat(read.history().epochs()).hasSize(7);
    assertThat(notes).isEmpty();
  }

  @Test
  void aCheckpointInsideAnEpochHoldsWhatWasCounted() {
    TreeMap<String, Double> seconds = new TreeMap<>(Map.of("compute", 1.0 / 3, "data", 0.1));
    PartialEpoch partial = new PartialEpoch(12, 120, 7680, 2.0 / 3, 1234, 2, seconds);
    String uri =
        checkpoints(3)
            .prepare(state(7), partial, OUTER, MEAN, SCHEDULE, INSTRUCTION_SETS)
            .commit(events(7));
    assertThat(uri).endsWith("/epoch-0007-round-0012");
    assertThat(newest().partial()).isEqualTo(partial);
  }

  @Test
  void theDirectoryIsThatOfTheContract() throws Exception {
    commit(7);
    Path checkpoint = directory.resolve("epoch-0007");
    try (var files = Files.list(checkpoint)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "network.json",
              "parameters.safetensors",
              "momentum.safetensors",
              "policy.safetensors",
              "outer.safetensors",
              "manifest.json");
    }
    assertThat(Files.readString(directory.resolve("LATEST")).strip()).isEqualTo("epoch-0007");
    JsonNode manifest = new ObjectMapper().readTree(checkpoint.resolve("manifest.json").toFile());
    assertThat(manifest.get("epoch").asInt()).isEqualTo(7);
    assertThat(manifest.get("round").asInt()).isZero();
    assertThat(manifest.get("generation").asInt()).isEqualTo(1);
    assertThat(manifest.get("fingerprint").asText()).isEqualTo("f00d");
    assertThat(manifest.get("schedule").get("kind").asText()).isEqualTo("step");
    assertThat(manifest.get("engine").get("instructionSets"))
        .extracting(JsonNode::asText)
        .containsExactly("avx2", "avx512_core");
    for (String tensors : List.of("parameters", "momentum", "policy", "outer")) {
      byte[] bytes = Files.readAllBytes(checkpoint.resolve(tensors + ".safetensors"));
      String sha = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
      assertThat(manifest.get(tensors + "Sha256").asText()).as(tensors).isEqualTo(sha);
    }
  }

  @Test
  void equalStatesGiveEqualHashes() throws IOException {
    commit(7);
    byte[] once = Files.readAllBytes(directory.resolve("epoch-0007/manifest.json"));
    commit(7);
    assertThat(Files.readAllBytes(directory.resolve("epoch-0007/manifest.json"))).isEqualTo(once);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "network.json",
        "parameters.safetensors",
        "momentum.safetensors",
        "policy.safetensors",
        "outer.safetensors",
        "manifest.json"
      })
  void aFlippedByteInAnyFileMeansThatThePreviousCheckpointIsTakenAndSaid(String file)
      throws IOException {
    commit(6);
    commit(7);
    Path path = directory.resolve("epoch-0007").resolve(file);
    byte[] bytes = Files.readAllBytes(path);
    bytes[bytes.length / 2] ^= 1;
    Files.write(path, bytes);
    assertThat(newest().state().completedEpochs()).isEqualTo(6);
    assertThat(notes)
        .singleElement()
        .asString()
        .startsWith("Checkpoint epoch-0007 is damaged")
        .endsWith("taking the one before it");
  }

  /** What a stranger writes can be sealed: the seal finds damage, not malice. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "epoch | -1",
        "phase | \"../search\"",
        "format | 9",
        "generation | -2147483648",
        "events | [7]",
        "events | [null]",
        "events | [{\"type\":\"epoch\",\"time\":\"yesterday\"}]",
        "events | [{\"type\":\"../../x\"}]",
        "partialEpoch | 5",
        "partialEpoch | {\"seconds\":7}",
        "parametersSha256 | \"../../../etc/passwd\"",
        "networkSha256 | {}"
      })
  void aSealedManifestThatMakesNoSenseIsPassedOver(String field, String value) throws IOException {
    commit(6);
    commit(7);
    Path path = directory.resolve("epoch-0007/manifest.json");
    ObjectNode manifest = Json.unsealed(Files.readString(path));
    manifest.set(field, new ObjectMapper().readTree(value));
    Files.writeString(path, Json.sealed(manifest));
    assertThat(newest().state().completedEpochs()).isEqualTo(6);
    assertThat(notes)
        .singleElement()
        .asString()
        .startsWith("Checkpoint epoch-0007 is damaged")
        .endsWith("taking the one before it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../elsewhere", "/etc", "hdfs://other/run", "epoch-0009", "\u0000"})
  void theHintLatestLeadsNowhere(String hint) throws IOException {
    commit(6);
    commit(7);
    Files.writeString(directory.resolve("LATEST"), hint);
    assertThat(newest().state().completedEpochs()).isEqualTo(7);
    assertThat(CheckpointReader.trained(store()).state().completedEpochs()).isEqualTo(7);
  }

  @Test
  void classesThatTheNetworkDoesNotHaveAreRefused() throws IOException {
    commit(7);
    Path path = directory.resolve("epoch-0007/manifest.json");
    ObjectNode manifest = Json.unsealed(Files.readString(path));
    manifest.putArray("classes").add("only one");
    Files.writeString(path, Json.sealed(manifest));
    assertThatThrownBy(() -> CheckpointReader.trained(store()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("epoch-0007: manifest.json: Invalid description of the input: 1");
  }

  @Test
  void aCheckpointWithAMissingOrShortFileIsPassedOver() throws IOException {
    commit(5);
    commit(6);
    commit(7);
    Files.delete(directory.resolve("epoch-0007/momentum.safetensors"));
    Path cut = directory.resolve("epoch-0006/parameters.safetensors");
    byte[] bytes = Files.readAllBytes(cut);
    Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(newest().state().completedEpochs()).isEqualTo(5);
    assertThat(notes).hasSize(2);
  }

  @Test
  void aCheckpointWithoutManifestNeverCountsAndIsWrittenAgain() {
    commit(6);
    checkpoints(3).prepare(state(7), PartialEpoch.none(), OUTER, MEAN, SCHEDULE, INSTRUCTION_SETS);
    assertThat(newest().state().completedEpochs()).isEqualTo(6);
    assertThat(notes).singleElement().asString().contains("epoch-0007 was not completed");
    commit(7);
    assertThat(newest().state().completedEpochs()).isEqualTo(7);
  }

  @Test
  void whereAllAreDamagedNothingIsRepairedSilently() throws IOException {
    commit(7);
    Files.writeString(directory.resolve("epoch-0007/manifest.json"), "{");
    assertThatThrownBy(this::newest)
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("no checkpoint is whole (epoch-0007: manifest.json")
        .hasMessageContaining("restore one, or set another run.directory");
  }

  @Test
  void beforeTheFirstCommitThereIsNone() {
    assertThat(checkpoints(3).newest(notes::add)).isEmpty();
  }

  @Test
  void anOvertakenDriverCommitsNothing() {
    commit(6);
    Checkpoints.Pending pending =
        checkpoints(3)
            .prepare(state(7), PartialEpoch.none(), OUTER, MEAN, SCHEDULE, INSTRUCTION_SETS);
    overtaken = true;
    assertThatThrownBy(() -> pending.commit(events(7))).isInstanceOf(OvertakenException.class);
    assertThatThrownBy(
            () ->
                checkpoints(3)
                    .prepare(
                        state(8), PartialEpoch.none(), OUTER, MEAN, SCHEDULE, INSTRUCTION_SETS))
        .isInstanceOf(OvertakenException.class);
    assertThat(newest().state().completedEpochs()).isEqualTo(6);
  }

  @Test
  void theNewestOnesAreKeptAndThoseInsideAnEpochGoWithItsEnd() {
    for (int epoch = 1; epoch <= 5; epoch++) {
      for (int round = 10; round <= 40; round += 10) {
        PartialEpoch partial = new PartialEpoch(round, round, 1, 1, 1, 0, new TreeMap<>());
        checkpoints(2)
            .prepare(state(epoch - 1), partial, OUTER, MEAN, SCHEDULE, INSTRUCTION_SETS)
            .commit(List.of());
      }
      if (epoch == 5) {
        assertThat(store().list())
            .containsExactly(
                "LATEST",
                "epoch-0003",
                "epoch-0004",
                "epoch-0004-round-0030",
                "epoch-0004-round-0040");
      }
      checkpoints(2)
          .prepare(state(epoch), PartialEpoch.none(), OUTER, MEAN, SCHEDULE, INSTRUCTION_SETS)
          .commit(List.of());
    }
    assertThat(store().list()).containsExactly("LATEST", "epoch-0004", "epoch-0005");
  }

  @Test
  void whatWasNeverCommittedGoesAndTakesNoPlaceOfThoseThatAreKept() {
    commit(4);
    commit(5);
    PartialEpoch partial = new PartialEpoch(7, 7, 1, 1, 1, 0, new TreeMap<>());
    checkpoints(3).prepare(state(5), partial, OUTER, MEAN, SCHEDULE, INSTRUCTION_SETS);
    checkpoints(3).prepare(state(6), PartialEpoch.none(), OUTER, MEAN, SCHEDULE, INSTRUCTION_SETS);
    commit(7);
    assertThat(store().list()).containsExactly("LATEST", "epoch-0004", "epoch-0005", "epoch-0007");
  }

  @Test
  void evaluationFindsTheNewestCheckpointOfARunOrTheOneThatIsNamed() {
    commit(6);
    commit(7);
    FileStore run = FileStore.at(directory.getParent().toString(), new Configuration());
    assertThat(CheckpointReader.trained(store()).state().completedEpochs()).isEqualTo(7);
    assertThat(CheckpointReader.trained(store().directory("epoch-0006")).state().completedEpochs())
        .isEqualTo(6);
    assertThat(CheckpointReader.trained(store()).input()).isEqualTo(RunExamples.INPUT);
    assertThatThrownBy(() -> CheckpointReader.trained(run.directory("nothing-here")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Cannot find a checkpoint in");
  }

  private void commit(int epoch) {
    checkpoints(3)
        .prepare(state(epoch), PartialEpoch.none(), OUTER, MEAN, SCHEDULE, INSTRUCTION_SETS)
        .commit(events(epoch));
  }

  private Checkpoint newest() {
    return checkpoints(3).newest(notes::add).orElseThrow();
  }

  private Checkpoints checkpoints(int keep) {
    Fence fence =
        () -> {
          if (overtaken) {
            throw new OvertakenException("overtaken");
          }
        };
    return new Checkpoints(
        store(),
        new Checkpoints.Origin("f00d", new EngineBuild("reference", "1"), RunExamples.INPUT),
        fence,
        keep);
  }

  private FileStore store() {
    return FileStore.at(directory.toString(), new Configuration());
  }

  private static TrainingState state(int epoch) {
    Network network = RunExamples.NETWORK;
    Parameters parameters = Initialization.draw(network, epoch);
    Parameters momentum = Initialization.draw(network, 100 + epoch);
    BitSet bits = new BitSet();
    bits.set(3);
    bits.set(70);
    PolicyMemory memory =
        new PolicyMemory(
            "{\"ratio\":0.5,\"masks\":[1,2],\"small\":1.0E-7}",
            Map.of("scores", new float[] {0.1f, 2f}),
            Map.of("mask.0.5", bits, "empty", new BitSet()));
    return new TrainingState(
        epoch, 1, Phase.RETRAIN, network, parameters, momentum, memory, HeldEntries.of(bits));
  }

  private static List<Event> events(int epochs) {
    List<Event> events = new ArrayList<>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      events.add(
          new EpochEvent(
              Instant.ofEpochSecond(epoch),
              epoch,
              Phase.SEARCH,
              0,
              0.1,
              1.0 / epoch,
              0.5,
              1,
              0.5,
              Double.NaN,
              Map.of("0.5", 1.0 / 3),
              10,
              new EpochSeconds(1, 1, 0, 0, 0, 0, 0, 0),
              5,
              6,
              7L * epoch,
              List.of()));
    }
    events.add(new TicketEvent(Instant.EPOCH, epochs, 0.5, "consecutive", List.of(0.1)));
    return events;
  }
}
