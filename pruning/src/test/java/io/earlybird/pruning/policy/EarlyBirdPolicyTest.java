package io.earlybird.pruning.policy;

import static io.earlybird.pruning.policy.ScriptedTraining.RATIO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.TrainingPrecision;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.pruning.detection.ConsecutiveDistances;
import io.earlybird.pruning.detection.Detector;
import io.earlybird.pruning.detection.NewestAgainstPrevious;
import io.earlybird.pruning.mask.MaskRule;
import io.earlybird.pruning.policy.Plan.Decision;
import io.earlybird.pruning.schedule.Restarted;
import io.earlybird.pruning.surgery.GroupRule;
import io.earlybird.pruning.surgery.SurgeryOptions;
import io.earlybird.pruning.training.ReplicaTraining;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EarlyBirdPolicyTest {
  private static final int EPOCHS = 12;

  /** Settings that a test changes, one by one. */
  private static final class Options {
    List<Double> ratios = List.of(RATIO);
    double switchRatio = RATIO;
    int switchAtEpoch = 0;
    IfNoTicket ifNoTicket = IfNoTicket.CONTINUE_DENSE;
    Detector detector = ConsecutiveDistances.paper();
    boolean keepGammaL1 = true;
    SurgeryOptions surgery = SurgeryOptions.defaults();
    Inherit inherit = Inherit.INHERIT;
    boolean inheritMomentum = true;
    TrainingPrecision searchPrecision = TrainingPrecision.FLOAT32;
    TrainingPrecision retrainPrecision = TrainingPrecision.BFLOAT16;

    EarlyBirdOptions build() {
      return new EarlyBirdOptions(
          ratios,
          switchRatio,
          switchAtEpoch,
          ifNoTicket,
          detector,
          MaskRule.STRICT_THRESHOLD,
          1e-4,
          keepGammaL1,
          surgery,
          inherit,
          inheritMomentum,
          searchPrecision,
          retrainPrecision);
    }
  }

  private static ScriptedTraining run(Options options, int epochs) {
    return new ScriptedTraining(options.build().create(ScriptedTraining.recipe(epochs)))
        .runFrom(ScriptedTraining.initial());
  }

  private static Options with(Inherit inherit) {
    Options options = new Options();
    options.inherit = inherit;
    return options;
  }

  @Test
  void searchAndRetrainingRoundToWordsEachForItself() {
    Options lowSearch = new Options();
    lowSearch.searchPrecision = TrainingPrecision.BFP8;
    lowSearch.retrainPrecision = TrainingPrecision.FLOAT32;
    ScriptedTraining run = run(lowSearch, EPOCHS);
    assertThat(run.transitions.get(5).rule().quantization().wordLength()).isEqualTo(8);
    assertThat(run.transitions.get(5).precision()).isEqualTo(Precision.FLOAT32);
    assertThat(run.transitions.get(6).rule().quantization().rounds()).isFalse();
    lowSearch.retrainPrecision = TrainingPrecision.BFP8;
    assertThat(run(lowSearch, EPOCHS).transitions.get(6).rule().quantization())
        .isEqualTo(run.transitions.get(5).rule().quantization());
  }

  @Test
  void ticketOfTheWorkedTraceEmergesAfterSixEpochsAndTheRunSwitches() {
    ScriptedTraining run = run(new Options(), EPOCHS);
    assertThat(run.transitions).hasSize(EPOCHS + 1);
    assertThat(run.transitions.get(5).state().phase()).isEqualTo(Phase.SEARCH);
    Transition sixth = run.transitions.get(6);
    assertThat(sixth.events()).hasSize(2);
    PolicyEvent.TicketEmerged ticket = (PolicyEvent.TicketEmerged) sixth.events().get(0);
    assertThat(ticket.epoch()).isEqualTo(6);
    assertThat(ticket.ratio()).isEqualTo(RATIO);
    assertThat(ticket.detector()).isEqualTo("consecutive");
    assertThat(ticket.distances()).containsExactly(0.05, 0.05, 0.05, 0.05, 0.05);
    PolicyEvent.Switched switched = (PolicyEvent.Switched) sixth.events().get(1);
    assertThat(switched.mode()).isEqualTo("union");
    assertThat(switched.keptChannels()).containsEntry("bn1", 19).containsEntry("bn2", 1);
    assertThat(switched.denseParameters()).isEqualTo(24 * 3 + 2 * 24 + 16 * 24 + 2 * 16 + 34);
    assertThat(switched.parameters()).isEqualTo(19 * 3 + 2 * 19 + 19 + 2 + 4);
    assertThat(sixth.state().phase()).isEqualTo(Phase.RETRAIN);
    assertThat(sixth.state().generation()).isEqualTo(1);
    assertThat(sixth.state().network()).isEqualTo(ticket.ticket().network());
    assertThat(run.last().state().completedEpochs()).isEqualTo(EPOCHS);
    assertThat(run.events()).hasSize(2);
    assertThat(run.policy.remarks(run.last().state())).isEmpty();
  }

  @Test
  void releasedDetectorFindsTheSameTraceAtTheNinthEpoch() {
    Options options = new Options();
    options.detector = NewestAgainstPrevious.releasedCode();
    PolicyEvent ticket = run(options, EPOCHS).events().get(0);
    assertThat(ticket.epoch()).isEqualTo(9);
  }

  @Test
  void ticketInheritsValuesMomentumAndTheScheduleAtTheSameEpoch() {
    ScriptedTraining run = run(new Options(), EPOCHS);
    TrainingState dense = ScriptedTraining.trainedOnce(run.transitions.get(5).state());
    TrainingState ticket = run.transitions.get(6).state();
    // Channel 0 of bn1 is pruned after six epochs (five pairs are swapped); channel 5 is the first.
    assertThat(ticket.parameters().slice("bn1.weight").get(0))
        .isEqualTo(dense.parameters().slice("bn1.weight").get(5));
    assertThat(ticket.parameters().slice("bn1.running_var").get(0))
        .isEqualTo(dense.parameters().slice("bn1.running_var").get(5));
    assertThat(ticket.momentum().slice("conv1.weight").get(1))
        .isEqualTo(dense.momentum().slice("conv1.weight").get(16))
        .isNotZero();
    Plan plan = run.transitions.get(6).plan();
    assertThat(plan.rule(7, 0, 10).learningRate()).isEqualTo(0.1);
    assertThat(plan.rule(8, 0, 10).learningRate()).isEqualTo(0.1 * 0.1);
    assertThat(plan.epochs()).isEqualTo(EPOCHS);
    assertThat(plan.precision()).isEqualTo(Precision.BFLOAT16);
    assertThat(run.transitions.get(5).precision()).isEqualTo(Precision.FLOAT32);
  }

  @Test
  void momentumMayStartAnewAndTheL1PushMayEndAtTheSwitch() {
    Options options = new Options();
    options.inheritMomentum = false;
    options.keepGammaL1 = false;
    ScriptedTraining run = run(options, EPOCHS);
    for (float velocity : run.transitions.get(6).state().momentum().values()) {
      assertThat(velocity).isZero();
    }
    assertThat(run.transitions.get(5).rule().gammaL1()).isEqualTo(1e-4);
    assertThat(run.transitions.get(6).rule().gammaL1()).isZero();
    assertThat(run(new Options(), EPOCHS).transitions.get(6).rule().gammaL1()).isEqualTo(1e-4);
  }

  @ParameterizedTest
  @EnumSource(Inherit.class)
  void resumedAtAnyEpochEqualsUninterrupted(Inherit inherit) {
    ScriptedTraining whole = run(with(inherit), EPOCHS);
    for (int epoch = 0; epoch < whole.transitions.size(); epoch++) {
      TrainingState stored = ReplicaTraining.stored(whole.transitions.get(epoch).state());
      Policy fresh = with(inherit).build().create(ScriptedTraining.recipe(EPOCHS));
      ScriptedTraining rest = new ScriptedTraining(fresh).resumeFrom(stored);
      assertThat(rest.transitions).hasSize(whole.transitions.size() - epoch);
      assertThat(rest.transitions.get(0).plan()).isEqualTo(whole.transitions.get(epoch).plan());
      for (int i = 1; i < rest.transitions.size(); i++) {
        Transition expected = whole.transitions.get(epoch + i);
        assertThat(rest.transitions.get(i)).as("epoch %s + %s", epoch, i).isEqualTo(expected);
      }
    }
  }

  @Test
  void reinitializedTicketIsFreshAndTrainsTheFullSchedule() {
    ScriptedTraining run = run(with(Inherit.REINIT), EPOCHS);
    Transition sixth = run.transitions.get(6);
    assertThat(sixth.plan().epochs()).isEqualTo(6 + EPOCHS);
    assertThat(sixth.schedule()).isInstanceOf(Restarted.class);
    assertThat(sixth.plan().rule(6, 0, 10).learningRate()).isEqualTo(0.1);
    assertThat(run.last().state().completedEpochs()).isEqualTo(6 + EPOCHS);
    assertThat(sixth.state().parameters().slice("bn1.weight").get(0)).isEqualTo(0.5f);
    assertThat(sixth.state().parameters().slice("bn1.running_var").get(0)).isEqualTo(1f);
    assertThat(sixth.state().held().isEmpty()).isTrue();
  }

  @Test
  void rewoundTicketHasTheInitialValuesOfItsChannels() {
    ScriptedTraining run = run(with(Inherit.REWIND), EPOCHS);
    Parameters initial = Initialization.draw(ScriptedTraining.network(), 5);
    TrainingState ticket = run.transitions.get(6).state();
    assertThat(ticket.parameters().slice("conv1.weight").get(0))
        .isEqualTo(initial.slice("conv1.weight").get(5 * 3));
    assertThat(run.last().state().completedEpochs()).isEqualTo(6 + EPOCHS);
    assertThat(run.transitions.get(5).state().memory().tensors()).containsKey("initial");
    assertThat(ticket.memory().tensors()).as("no longer needed").isEmpty();
  }

  @Test
  void otherRatiosEmergeWithoutASwitchAndThoseThatDoNotAreNamed() {
    Options options = new Options();
    options.ratios = List.of(0.1, RATIO, 0.9);
    options.switchRatio = 0.9;
    ScriptedTraining run = run(options, 8);
    List<PolicyEvent> events = run.events();
    assertThat(events.get(0)).isInstanceOf(PolicyEvent.TicketEmerged.class);
    assertThat(events.stream().filter(PolicyEvent.TicketEmerged.class::isInstance))
        .extracting(PolicyEvent::ratio)
        .contains(RATIO);
    for (Transition transition : run.transitions) {
      boolean switched =
          transition.events().stream().anyMatch(PolicyEvent.Switched.class::isInstance);
      boolean own =
          transition.events().stream()
              .anyMatch(e -> e instanceof PolicyEvent.TicketEmerged t && t.ratio() == 0.9);
      assertThat(switched).isEqualTo(own);
    }
  }

  @Test
  void ratiosThatHadNotEmergedAreNamed() {
    ScriptedTraining run = run(new Options(), 5);
    assertThat(run.policy.remarks(run.last().state()))
        .containsExactly("No ticket emerged at ratio 0.475 in 5 epochs of search");
  }

  @Test
  void withoutATicketTheDenseNetworkIsTrainedToTheEnd() {
    ScriptedTraining run = run(new Options(), 5);
    assertThat(run.events()).isEmpty();
    assertThat(run.last().state().network()).isEqualTo(ScriptedTraining.network());
    assertThat(run.last().decision()).isEqualTo(Decision.STOP);
  }

  @Test
  void withoutATicketTheLastMaskMayBeCutAtTheEnd() {
    Options options = new Options();
    options.ifNoTicket = IfNoTicket.SWITCH_AT_END;
    ScriptedTraining run = run(options, 5);
    assertThat(run.events()).hasSize(1);
    assertThat(run.events().get(0)).isInstanceOf(PolicyEvent.Switched.class);
    assertThat(run.events().get(0).epoch()).isEqualTo(5);
    assertThat(run.last().decision()).isEqualTo(Decision.STOP);
    assertThat(run.last().state().phase()).isEqualTo(Phase.RETRAIN);
    assertThat(run.policy.remarks(run.last().state())).hasSize(2);
    assertThat(run.policy.horizon()).hasValue(5);
    assertThat(run(new Options(), 5).policy.horizon()).isEmpty();
  }

  @Test
  void switchCanBeForcedAndIsSaidToBe() {
    Options options = new Options();
    options.switchAtEpoch = 2;
    ScriptedTraining run = run(options, EPOCHS);
    assertThat(run.events()).hasSize(1);
    assertThat(run.transitions.get(2).events().get(0)).isInstanceOf(PolicyEvent.Switched.class);
    assertThat(run.last().state().completedEpochs()).isEqualTo(EPOCHS);
    assertThat(run.policy.remarks(run.last().state()))
        .contains("The switch at ratio 0.475 after epoch 2 was forced");
  }

  @Test
  void distancesAreReportedFromTheSecondEpochToTheSwitch() {
    ScriptedTraining run = run(new Options(), EPOCHS);
    assertThat(run.transitions.get(0).maskDistances()).isEmpty();
    assertThat(run.transitions.get(1).maskDistances()).isEmpty();
    for (int epoch = 2; epoch <= 6; epoch++) {
      assertThat(run.transitions.get(epoch).maskDistances()).containsEntry("0.475", 0.05);
    }
    assertThat(run.transitions.get(7).maskDistances()).isEmpty();
  }

  @Test
  void widthTransferTrainsAFreshNetworkOfTheKeptCounts() {
    Options options = with(Inherit.REINIT);
    options.surgery = SurgeryOptions.defaults().withRule(GroupRule.WIDTH_TRANSFER);
    ScriptedTraining run = run(options, EPOCHS);
    PolicyEvent.Switched switched = (PolicyEvent.Switched) run.transitions.get(6).events().get(1);
    assertThat(switched.mode()).isEqualTo("width-transfer");
    assertThat(switched.keptChannels()).containsEntry("bn1", 19).containsEntry("bn2", 1);
    assertThat(run.last().state().completedEpochs()).isEqualTo(6 + EPOCHS);
  }

  @Test
  void askingTwiceAfterAnEpochIsRefused() {
    Policy policy = new Options().build().create(ScriptedTraining.recipe(EPOCHS));
    TrainingState once = policy.next(ScriptedTraining.initial(), History.empty(), null).state();
    TrainingState trained = ScriptedTraining.trainedOnce(once);
    TrainingState twice = policy.next(trained, History.empty(), null).state();
    assertThatThrownBy(() -> policy.next(twice, History.empty(), null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("after epoch 1: 2 are remembered");
  }

  @Test
  void memoryOfOtherRatiosIsRefused() {
    ScriptedTraining run = run(new Options(), 3);
    Options others = new Options();
    others.ratios = List.of(0.3);
    others.switchRatio = 0.3;
    Policy policy = others.build().create(ScriptedTraining.recipe(5));
    TrainingState state = ScriptedTraining.trainedOnce(run.last().state());
    assertThatThrownBy(() -> policy.next(state, History.empty(), null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no masks of ratio 0.3")
        .hasMessageContaining("masks.0.475");
  }

  @Test
  void invalidOptionsAreRefusedWithTheirValues() {
    Options switchRatio = new Options();
    switchRatio.switchRatio = 0.7;
    assertThatThrownBy(switchRatio::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Invalid switch ratio 0.7: must be one of the ratios [0.475]");
    Options ratios = new Options();
    ratios.ratios = List.of(RATIO, 1.0);
    assertThatThrownBy(ratios::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be in [0, 1)");
    Options transfer = new Options();
    transfer.surgery = SurgeryOptions.defaults().withRule(GroupRule.WIDTH_TRANSFER);
    assertThatThrownBy(transfer::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("set reinit");
  }
}
