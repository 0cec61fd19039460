package io.earlybird.spark.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.spark.events.ConsoleProgress.Output;
import io.earlybird.spark.events.RunListener.Round;
import io.earlybird.spark.events.RunListener.Stage;
import io.earlybird.spark.events.RunListener.Start;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {
  private final StringWriter text = new StringWriter();
  private Instant now = Events.TIME;

  @Test
  void plainOutputHasOneLineAnEpochAndNoCarriageReturns() {
    RunListener progress = progress(Output.PLAIN);
    progress.started(new Start("demo", 90, 6, 1000, 100));
    progress.roundEnded(new Round(7, 10, 100, 2.5, 50));
    progress.stageBegan(7, Stage.EVALUATE);
    progress.happened(Events.EPOCH);
    assertThat(text.toString()).doesNotContain("\r");
    assertThat(text.toString().lines())
        .containsExactly(
            "run demo: going on after epoch 6 of 90",
            "1,000 images and 100 steps an epoch",
            "epoch 7/90  search  loss 1.2500  top-1 50.00 %  validation 1.5000  43.75 % (75.00 %)"
                + "  1234.5 images/s  10 s (data 14.8 %, averaging 11.1 % of training)  distance"
                + " 0.3: 0.063, 0.5: 0.125  run ends in 13 min 50 s");
  }

  @Test
  void plainOutputShowsALongEpochEveryHalfMinute() {
    RunListener progress = progress(Output.PLAIN);
    progress.started(new Start("demo", 90, 0, 1000, 100));
    now = now.plusSeconds(31);
    progress.roundEnded(new Round(1, 10, 100, 2.5, 50));
    progress.roundEnded(new Round(1, 20, 100, 2.5, 50));
    assertThat(text.toString().lines())
        .last()
        .isEqualTo("epoch 1/90  step 10/100  loss 2.5000  50.0 images/s  epoch ends in 18 s");
  }

  @Test
  void aTerminalShowsEveryRoundInPlace() {
    RunListener progress = progress(Output.TERMINAL);
    progress.started(new Start("demo", 90, 0, 1000, 100));
    progress.roundEnded(new Round(1, 10, 100, 2.5, 50));
    progress.stageBegan(1, Stage.CHECKPOINT);
    assertThat(text.toString())
        .contains("\repoch 1/90  step 10/100")
        .contains("writing checkpoint");
  }

  @Test
  void timeToGoOfTheRunIsLearntFromItsEpochs() {
    RunListener progress = progress(Output.TERMINAL);
    progress.started(new Start("demo", 90, 6, 1000, 100));
    progress.happened(Events.EPOCH);
    progress.roundEnded(new Round(8, 50, 100, 2.5, 50));
    assertThat(text.toString()).contains("epoch ends in 10 s, run in 13 min 50 s");
  }

  @Test
  void ticketSwitchAndSummaryStandOut() {
    RunListener progress = progress(Output.PLAIN);
    progress.happened(Events.TICKET);
    progress.happened(Events.change());
    progress.happened(Events.summary());
    progress.ended(
        List.of("No ticket emerged at ratio 0.7."),
        "file:///runs/a/checkpoints/epoch-0090",
        "hdfs:///shards/validation");
    assertThat(text.toString())
        .contains("=\nTICKET at ratio 0.5 after epoch 7 (consecutive, distances [0.090, 0.080])\n=")
        .contains("SWITCH after epoch 7 to the ticket of ratio 0.5 (union): 100 -> 40 parameters")
        .contains("FLOPs an image, top-1 50.00 % -> 25.00 %")
        .contains("DONE: 90 epochs in 1 d 00 h, top-1 75.00 % (best 76.00 %)")
        .contains("30.0 % saved")
        .contains("No ticket emerged at ratio 0.7.")
        .contains("result: file:///runs/a/checkpoints/epoch-0090")
        .contains(
            "next: submit/earlybird evaluate --checkpoint file:///runs/a/checkpoints/epoch-0090"
                + " --data hdfs:///shards/validation");
  }

  private RunListener progress(Output output) {
    InstantSource clock = () -> now;
    return new ConsoleProgress(new PrintWriter(text), output, clock);
  }
}
