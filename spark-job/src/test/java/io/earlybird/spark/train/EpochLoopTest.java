package io.earlybird.spark.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.earlybird.data.batch.ReadReport;
import io.earlybird.model.architecture.Networks;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.NetworkJson;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.pruning.policy.PolicyEvent.TicketEmerged;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.pruning.schedule.Schedule;
import io.earlybird.spark.averaging.Averaging;
import io.earlybird.spark.averaging.FloatVector;
import io.earlybird.spark.averaging.LocalSteps;
import io.earlybird.spark.averaging.MomentumTreatment;
import io.earlybird.spark.averaging.OuterStep;
import io.earlybird.spark.averaging.WirePrecision;
import io.earlybird.spark.events.Event;
import io.earlybird.spark.events.RunListener;
import io.earlybird.spark.round.DrawnBatches;
import io.earlybird.spark.round.RoundFailedException;
import io.earlybird.spark.round.RoundMetrics;
import io.earlybird.spark.round.RoundRequest;
import io.earlybird.spark.round.RoundResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An epoch of four rounds that change nothing; something happens in one of them. */
class EpochLoopTest {
  private static final int STEPS = 4;
  private static final FloatVector NO_OUTER = new FloatVector(new float[0]);

  @TempDir private Path directory;
  private final Network network = Networks.named("demo-resnet", 3, 16);
  private final TrainingState initial =
      TrainingState.initial(network, Initialization.draw(network, 3));
  private final AtomicBoolean asked = new AtomicBoolean();
  private final List<String> notes = new ArrayList<>();
  private final List<Integer> rounds = new CopyOnWriteArrayList<>();
  private final List<Integer> saved = new CopyOnWriteArrayList<>();
  private final CountDownLatch savedOnce = new CountDownLatch(1);
  private int round = 3;

  @Test
  void aRoundThatAStopMakesImpossibleLeavesTheOneBeforeItSaved() {
    Outcome outcome =
        run(
            () -> {
              asked.set(true);
              throw new InterruptedException();
            });
    assertThat(outcome).isEqualTo(Outcome.STOPPED);
    assertThat(saved).containsExactly(2);
    assertThat(notes)
        .containsExactly(
            "The round cannot be finished (java.lang.InterruptedException);"
                + " the run stops with the one before it");
  }

  @Test
  void aStopSavesTheRoundBeforeWhileTheRoundGoesOn() {
    Outcome outcome =
        run(
            () -> {
              asked.set(true);
              assertThat(savedOnce.await(1, TimeUnit.MINUTES)).isTrue();
            });
    assertThat(outcome).isEqualTo(Outcome.STOPPED);
    assertThat(saved).containsExactly(2, 3);
  }

  @Test
  void theCheckpointThatTheRunGoesOnFromIsNotWrittenAgain() {
    asked.set(true);
    Position second =
        first().advanced(initial.parameters(), initial.momentum(), NO_OUTER, afterRound(2));
    assertThat(run(second, () -> {})).isEqualTo(Outcome.STOPPED);
    assertThat(saved).isEmpty();
  }

  @Test
  void aNewRunThatIsAskedToStopLeavesItsInitialState() {
    asked.set(true);
    assertThat(run(() -> {})).isEqualTo(Outcome.STOPPED);
    assertThat(saved).containsExactly(0);
  }

  @Test
  void aRoundThatEndsAfterTheRequestIsSaved() {
    assertThat(run(() -> asked.set(true))).isEqualTo(Outcome.STOPPED);
    assertThat(saved).endsWith(3);
    assertThat(notes).isEmpty();
  }

  @Test
  void anEpochWhoseEvaluationAStopMakesImpossibleIsSavedAndNotTrainedAgain() {
    round = STEPS;
    assertThat(run(() -> asked.set(true))).isEqualTo(Outcome.STOPPED);
    assertThat(saved).endsWith(STEPS);
    assertThat(notes)
        .singleElement(STRING)
        .startsWith("The epoch cannot be evaluated (")
        .endsWith("); the run stops with its last round");

    asked.set(false);
    Position last =
        first().advanced(initial.parameters(), initial.momentum(), NO_OUTER, afterRound(STEPS));
    assertThatThrownBy(() -> run(last, () -> {})).isInstanceOf(NullPointerException.class);
    assertThat(rounds).containsExactly(1, 2, 3, 4);
  }

  @Test
  void otherFailuresEndTheRun() {
    assertThatThrownBy(
            () ->
                run(
                    () -> {
                      throw new InterruptedException();
                    }))
        .isInstanceOf(InterruptedException.class);
    assertThatThrownBy(
            () ->
                run(
                    () -> {
                      asked.set(true);
                      throw new RoundFailedException("loss NaN");
                    }))
        .hasMessage("loss NaN");
    assertThat(saved).isEmpty();
  }

  private interface Happening {
    void happen() throws Exception;
  }

  private Position first() {
    return Position.first(initial, List.of());
  }

  private static EpochProgress afterRound(int round) {
    return new EpochProgress(round, round, metrics());
  }

  private Outcome run(Happening happening) {
    return run(first(), happening);
  }

  private Outcome run(Position start, Happening happening) {
    TinyRun settings = new TinyRun(directory, "sparsity.policy=dense");
    RunListener listener =
        new RunListener() {
          @Override
          public void noted(String sentence) {
            notes.add(sentence);
          }
        };
    Averaging averaging =
        new Averaging(
            1,
            1,
            new LocalSteps.Fixed(1),
            MomentumTreatment.AVERAGE,
            new OuterStep.None(),
            WirePrecision.FLOAT32);
    EpochTrainer trainer =
        new EpochTrainer(
            request -> still(request, happening),
            averaging,
            new DrawnBatches(NetworkJson.write(network), 1, 2, STEPS),
            new ReplicaKeys("test", "dl4j", 1),
            1,
            listener);
    SaveRule saves = new SaveRule(1, Duration.ZERO);
    Validation withoutSpark =
        new Validation(null, null, 0, new ReplicaKeys("test", "dl4j", 1), 1, 1);
    return new EpochLoop(
            settings.settings().policy(),
            null,
            trainer,
            withoutSpark,
            null,
            null,
            new Kept(),
            saves,
            listener)
        .run(start, asked::get);
  }

  private RoundResult still(RoundRequest request, Happening happening) {
    rounds.add(request.steps().round());
    if (request.steps().round() == round) {
      try {
        happening.happen();
      } catch (Exception e) {
        EpochLoopTest.<RuntimeException>throwUndeclared(e);
      }
    }
    return new RoundResult(request.parameters(), request.momentum(), metrics());
  }

  private static RoundMetrics metrics() {
    return new RoundMetrics(1, 1, 1, ReadReport.NONE, RoundMetrics.Seconds.none(), Set.of("java"));
  }

  /** As Scala throws. */
  @SuppressWarnings("unchecked")
  private static <E extends Exception> void throwUndeclared(Exception e) throws E {
    throw (E) e;
  }

  /** Remembers the steps of what is saved. */
  private final class Kept implements RunFiles {
    @Override
    public Optional<Position> newest() {
      return Optional.empty();
    }

    @Override
    public Prepared prepare(Position position, Schedule schedule) {
      return events -> {
        saved.add(position.progress().step());
        savedOnce.countDown();
      };
    }

    @Override
    public void show(List<Event> events) {}

    @Override
    public void keep(TicketEmerged ticket, int generation) {}

    @Override
    public void keepMean(TrainingState averaged, int epochs) {}
  }
}
