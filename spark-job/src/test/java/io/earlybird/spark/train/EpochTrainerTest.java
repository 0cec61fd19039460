package io.earlybird.spark.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.earlybird.data.batch.ReadReport;
import io.earlybird.model.architecture.Networks;
import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.Quantization;
import io.earlybird.model.engine.StateRounding;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.NetworkJson;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.pruning.policy.Plan;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.pruning.schedule.StepDecay;
import io.earlybird.spark.averaging.Averaging;
import io.earlybird.spark.averaging.LocalSteps;
import io.earlybird.spark.averaging.MomentumTreatment;
import io.earlybird.spark.averaging.OuterStep;
import io.earlybird.spark.averaging.WirePrecision;
import io.earlybird.spark.events.RunListener;
import io.earlybird.spark.round.DrawnBatches;
import io.earlybird.spark.round.RoundMetrics;
import io.earlybird.spark.round.RoundResult;
import io.earlybird.spark.round.Rounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EpochTrainerTest {
  private static final int STEPS = 4;

  private final Network network = Networks.named("demo-resnet", 3, 16);
  private final List<String> notes = new ArrayList<>();
  private final Plan plan =
      new Plan(
          StepRule.sgd(1, 0.9, 0),
          new StepDecay(0.1, 0.1, List.of(1)),
          Precision.FLOAT32,
          2,
          Plan.Decision.CONTINUE);

  @Test
  void eachInstructionSetIsRememberedAndAMixtureIsToldOnceEvenAcrossResumes() {
    TrainingState initial = TrainingState.initial(network, Initialization.draw(network, 3));
    Position position =
        trainer("avx512_core").round(Position.first(initial, List.of()), plan, () -> {});
    position = trainer("avx512_core").round(position, plan, () -> {});
    assertThat(position.instructionSets()).containsExactly("avx512_core");
    assertThat(notes).isEmpty();

    position = trainer("avx2").round(position, plan, () -> {});
    position = trainer("avx512_core").round(position, plan, () -> {});
    assertThat(position.instructionSets()).containsExactlyInAnyOrder("avx2", "avx512_core");
    assertThat(notes)
        .singleElement()
        .asString()
        .startsWith("Executors compute with different instruction sets [avx2, avx512_core]");
  }

  @Test
  void meansOfReplicasInWordsBecomeWordsAgainAndEqualReplicasAreUnchanged() {
    Plan inWords =
        new Plan(
            plan.rule().withQuantization(new Quantization(8, 1)),
            plan.schedule(),
            plan.precision(),
            plan.epochs(),
            plan.decision());
    Parameters drawn = Initialization.draw(network, 3);
    TrainingState initial = TrainingState.initial(network, drawn.copy());
    Position averaged =
        trainer("java").round(Position.first(initial, List.of()), inWords, () -> {});
    Parameters values = averaged.state().parameters().copy();
    assertThat(values).isNotEqualTo(drawn);
    // the 27 weights of a filter share an exponent: multiples of its unit
    float largest = 0;
    for (int i = 0; i < 27; i++) {
      largest = Math.max(largest, Math.abs(values.values()[i]));
    }
    double unit = Math.scalb(1.0, Math.getExponent(largest) - 6);
    for (int i = 0; i < 27; i++) {
      assertThat(values.values()[i] / unit).isEqualTo(Math.rint(values.values()[i] / unit));
      assertThat((double) values.values()[i]).isCloseTo(drawn.values()[i], within(2 * unit));
    }

    Position again = trainer("java").round(averaged, inWords, () -> {});
    assertThat(again.state().parameters()).isEqualTo(values);

    Parameters other = drawn.copy();
    StateRounding.roundState(new Quantization(8, 1).ofMean(0, 1), other, drawn.copy());
    assertThat(other).isEqualTo(values);
  }

  /** A trainer as each start makes one, whose rounds change nothing. */
  private EpochTrainer trainer(String instructionSet) {
    Rounds still =
        request ->
            new RoundResult(
                request.parameters(),
                request.momentum(),
                new RoundMetrics(
                    1, 1, 1, ReadReport.NONE, RoundMetrics.Seconds.none(), Set.of(instructionSet)));
    Averaging averaging =
        new Averaging(
            1,
            1,
            new LocalSteps.Fixed(1),
            MomentumTreatment.AVERAGE,
            new OuterStep.None(),
            WirePrecision.FLOAT32);
    return new EpochTrainer(
        still,
        averaging,
        new DrawnBatches(NetworkJson.write(network), 1, 2, STEPS),
        new ReplicaKeys("test", "dl4j", 1),
        1,
        new RunListener() {
          @Override
          public void noted(String sentence) {
            notes.add(sentence);
          }
        });
  }
}
