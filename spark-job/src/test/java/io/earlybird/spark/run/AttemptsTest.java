package io.earlybird.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.spark.store.FileStore;
import io.earlybird.spark.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttemptsTest {
  private static final Duration INTERVAL = Duration.ofMillis(200);

  @TempDir private Path directory;
  private FileStore store;
  private final List<String> notes = new ArrayList<>();

  @BeforeEach
  void open() {
    store = FileStore.at(directory.toString(), new Configuration());
  }

  @Test
  void eachStartIsTheNextAttempt() {
    try (Attempt first = attempts(Owner.self()).begin()) {
      assertThat(first.number()).isEqualTo(1);
      first.requireNewest();
    }
    try (Attempt second = attempts(Owner.self()).begin()) {
      assertThat(second.number()).isEqualTo(2);
    }
  }

  @Test
  void aStartBesideALivingProcessOfTheSameMachineIsRefusedAndToldWhoAndWhere() {
    try (Attempt first = attempts(Owner.self()).begin()) {
      assertThatThrownBy(() -> attempts(Owner.self()).begin())
          .isInstanceOf(RunRefusedException.class)
          .hasMessageContaining("attempt 1 is at work in " + store.uri())
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageContaining("on host " + Owner.self().host());
      first.requireNewest();
    }
  }

  @Test
  void anAttemptWhoseProcessIsGoneDoesNotKeepTheNextOneWaiting() throws Exception {
    Process process = new ProcessBuilder("sleep", "60").start();
    ProcessHandle handle = process.toHandle();
    Owner self = Owner.self();
    Owner killed =
        new Owner(self.host(), self.machine(), handle.pid(), Owner.startOf(handle), "someone");
    Attempt abandoned = attempts(killed).begin();
    assertThatThrownBy(() -> attempts(self).begin()).isInstanceOf(RunRefusedException.class);
    process.destroyForcibly().waitFor();
    Instant start = Instant.now();
    try (Attempt next = attempts(self).begin()) {
      assertThat(next.number()).isEqualTo(2);
      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
      assertThat(notes).isEmpty();
      assertThatThrownBy(abandoned::requireNewest)
          .isInstanceOf(OvertakenException.class)
          .hasMessageContaining("attempt 2 has taken over")
          .hasMessageContaining("on host " + self.host());
    }
    abandoned.close();
  }

  @Test
  void aProcessNumberThatWasGivenAwayAgainIsNotTheAttempt() {
    Owner self = Owner.self();
    Owner earlier = new Owner(self.host(), self.machine(), self.pid(), "1", "x");
    attempts(earlier).begin();
    try (Attempt next = attempts(self).begin()) {
      assertThat(next.number()).isEqualTo(2);
    }
  }

  @Test
  void anAttemptOfAnotherHostLivesWhileItsHeartbeatMoves() {
    Owner elsewhere = new Owner("elsewhere", "other machine", 1, "1", "someone");
    Attempt other = attempts(elsewhere).begin();
    assertThatThrownBy(() -> attempts(Owner.self()).begin())
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("process 1 of user someone on host elsewhere");
    assertThat(notes).anyMatch(note -> note.contains("watching its heartbeat"));
    other.close();
    try (Attempt next = attempts(Owner.self()).begin()) {
      assertThat(next.number()).isEqualTo(2);
    }
  }

  @Test
  void anAttemptOfAnotherHostIsDeadWhenItsHeartbeatStands() {
    Owner elsewhere = new Owner("elsewhere", "other machine", 1, "1", "someone");
    AttemptRecord record = new AttemptRecord(elsewhere, Instant.EPOCH, INTERVAL);
    store.createExclusively(AttemptNames.attempt(1), record.toBytes());
    store.writeText(AttemptNames.heartbeat(1), "17");
    try (Attempt next = attempts(Owner.self()).begin()) {
      assertThat(next.number()).isEqualTo(2);
    }
  }

  @Test
  void anAttemptFileThatWasNeverFilledIsDead() {
    store.createExclusively(AttemptNames.attempt(1), new byte[0]);
    try (Attempt next = attempts(Owner.self()).begin()) {
      assertThat(next.number()).isEqualTo(2);
    }
  }

  @Test
  void clocksThatAreHoursApartChangeNothing() {
    Owner elsewhere = new Owner("elsewhere", "other machine", 1, "1", "someone");
    for (Duration apart : List.of(Duration.ofHours(-7), Duration.ofHours(7))) {
      Instant there = Instant.now().plus(apart);
      Attempt other =
          new Attempts(store, elsewhere, INTERVAL, InstantSource.fixed(there), notes::add).begin();
      assertThatThrownBy(() -> attempts(Owner.self()).begin())
          .isInstanceOf(RunRefusedException.class)
          .hasMessageContaining("on host elsewhere, since " + there);
      other.close();
    }
  }

  @Test
  void aDriverThatStoodStillAfterItsLastLookChangesNothingWhenItGoesOn() {
    FileStore run = FileStore.at(directory.resolve("run").toString(), new Configuration());
    store = run.directory(RunDirectory.ATTEMPTS);
    Owner gone = new Owner("here", Owner.self().machine(), Long.MAX_VALUE, "1", "someone");
    Attempt first = attempts(gone).begin();
    FileStore seenByFirst = first.guard(run).directory("checkpoints");
    seenByFirst.writeText("epoch-0001/manifest.json", "first");
    first.requireNewest();
    try (Attempt second = attempts(Owner.self()).begin()) {
      FileStore seenBySecond = second.guard(run).directory("checkpoints");
      seenBySecond.writeText("epoch-0002/manifest.json", "second");

      assertThatThrownBy(() -> seenByFirst.writeText("epoch-0002/manifest.json", "first"))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("another process has taken over from this one");
      assertThatThrownBy(() -> seenByFirst.delete("epoch-0002"))
          .hasMessageContaining("another process has taken over from this one");
      assertThat(seenBySecond.readText("epoch-0002/manifest.json")).isEqualTo("second");
      assertThat(run.directory("checkpoints").list()).containsExactly("epoch-0001", "epoch-0002");
      seenBySecond.delete("epoch-0001");
      assertThat(run.directory("checkpoints").list()).containsExactly("epoch-0002");
    }
    first.close();
    assertThat(store.list()).noneMatch(name -> name.startsWith("writer"));
  }

  @Test
  void ofManyStartsAtTheSameMomentExactlyOneGoesOn() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(6);
    List<Attempt> begun = new ArrayList<>();
    try {
      List<Callable<Attempt>> starts = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        starts.add(() -> attempts(Owner.self()).begin());
      }
      for (Future<Attempt> start : threads.invokeAll(starts)) {
        try {
          begun.add(start.get());
        } catch (ExecutionException e) {
          assertThat(e.getCause()).isInstanceOf(RunRefusedException.class);
        }
      }
      assertThat(begun).hasSize(1);
    } finally {
      threads.shutdown();
      begun.forEach(Attempt::close);
    }
  }

  @Test
  void aLookThatChangesNothingFindsTheLivingAttempt() throws IOException {
    attempts(Owner.self()).requireNoneLiving();
    assertThat(store.list()).isEmpty();
    try (Attempt living = attempts(Owner.self()).begin()) {
      assertThatThrownBy(() -> attempts(Owner.self()).requireNoneLiving())
          .hasMessageContaining("attempt " + living.number());
    }
  }

  private Attempts attempts(Owner owner) {
    return new Attempts(store, owner, INTERVAL, InstantSource.system(), notes::add);
  }
}
