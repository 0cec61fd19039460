package io.earlybird.spark.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.spark.events.ConsoleProgress.Output;
import io.earlybird.spark.events.RunListener.Result;
import io.earlybird.spark.events.RunListener.Round;
import io.earlybird.spark.events.RunListener.Stage;
import io.earlybird.spark.events.RunListener.Start;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {
  private static final String ESCAPE = "\u001b";

  private final StringWriter text = new StringWriter();
  private Instant now = Events.TIME;

  @Test
  void plainOutputHasOneLineAnEpochAndNothingForTerminals() {
    ConsoleProgress progress = progress(Output.PLAIN);
    wholeEpoch(progress);
    assertThat(text.toString()).doesNotContain("\r").doesNotContain(ESCAPE);
    assertThat(text.toString().lines())
        .containsExactly(
            "run demo: going on after epoch 6 of 90",
            "1,000 images and 100 steps an epoch",
            "epoch 7/90  search  loss 1.2500  top-1 50.00 %  validation 1.5000  43.75 % (75.00 %)"
                + "  1234.5 images/s  10 s (data 14.8 %, averaging 11.1 % of training)  distance"
                + " 0.3: 0.063, 0.5: 0.125  run ends in 13 min 50 s");
  }

  private static void wholeEpoch(ConsoleProgress progress) {
    progress.started(start(6));
    progress.roundEnded(new Round(7, 10, 100, 2.5, 50));
    progress.stageBegan(7, Stage.EVALUATE);
    progress.happened(Events.EPOCH);
    progress.close();
  }

  @Test
  void plainOutputShowsALongEpochEveryHalfMinute() {
    RunListener progress = progress(Output.PLAIN);
    progress.started(start(0));
    now = now.plusSeconds(31);
    progress.roundEnded(new Round(1, 10, 100, 2.5, 50));
    progress.roundEnded(new Round(1, 20, 100, 2.5, 50));
    assertThat(text.toString().lines())
        .last()
        .isEqualTo(
            "epoch 1/90  step 10/100  loss 2.5000  50.0 images/s  epoch ends in 18 s, run in 29 min"
                + " 58 s");
    now = now.plusSeconds(31);
    progress.stageBegan(1, Stage.EVALUATE);
    assertThat(text.toString().lines())
        .last()
        .isEqualTo("epoch 1/90  evaluating ...  loss 2.5000  50.0 images/s");
  }

  @Test
  void aTerminalShowsEveryRoundAndStageInPlace() {
    ConsoleProgress progress = progress(Output.TERMINAL);
    wholeEpoch(progress);
    String rewritten =
        "\repoch 7/90  step 10/100  loss 2.5000  50.0 images/s  epoch ends in 18 s, run in 27 min"
            + " 58 s\n"
            + "\repoch 7/90  evaluating ...  loss 2.5000  50.0 images/s\n"
            + "\repoch 7/90  search  loss 1.2500";
    String shown = text.toString().replace(ESCAPE + "[K" + ESCAPE + "[?7h", "\n");
    assertThat(shown.replaceAll(ESCAPE + "\\[(\\?7l|K)", "")).contains(rewritten);
  }

  @Test
  void aLineThatIsTooLongForTheTerminalIsCutAndNotWrapped() {
    RunListener progress = progress(Output.TERMINAL);
    progress.roundEnded(new Round(1, 10, 100, 2.5, 50));
    assertThat(text.toString())
        .startsWith("\r" + ESCAPE + "[?7lepoch 1/")
        .endsWith(ESCAPE + "[K" + ESCAPE + "[?7h");
  }

  @Test
  void theLastLineOfATerminalIsLeftWhole() {
    ConsoleProgress progress = progress(Output.TERMINAL);
    progress.roundEnded(new Round(1, 10, 100, 2.5, 50));
    progress.close();
    assertThat(text.toString()).endsWith(System.lineSeparator());
    String once = text.toString();
    progress.close();
    assertThat(text.toString()).isEqualTo(once);
  }

  @Test
  void timeToGoIsLearntFromEpochsAndTheirStages() {
    RunListener progress = progress(Output.TERMINAL);
    progress.started(start(6));
    progress.happened(Events.EPOCH);
    progress.roundEnded(new Round(8, 50, 100, 2.5, 50));
    // 500 images at 50 a second, 3.25 s of stages, 82 epochs of 10 s
    assertThat(text.toString())
        .contains("epoch ends in 13 s, run in 13 min 53 s  distance 0.3: 0.063, 0.5: 0.125");
    progress.stageBegan(8, Stage.CHECKPOINT);
    assertThat(text.toString())
        .contains("writing checkpoint ...  loss 2.5000  50.0 images/s  epoch ends in 1 s, run in");
  }

  @Test
  void timeToGoBeginsAnewAfterTheSwitch() {
    RunListener progress = progress(Output.TERMINAL);
    progress.started(start(6));
    progress.happened(Events.EPOCH);
    progress.happened(Events.change());
    progress.roundEnded(new Round(8, 50, 100, 2.5, 100));
    assertThat(text.toString()).contains("epoch ends in 5 s, run in 13 min 45 s" + ESCAPE);
  }

  @Test
  void ticketSwitchAndSummaryStandOut() {
    RunListener progress = progress(Output.PLAIN);
    wholeRun(progress);
    assertThat(text.toString())
        .contains("=\nTICKET at ratio 0.5 after epoch 7 (consecutive, distances [0.090, 0.080])\n=")
        .contains("SWITCH after epoch 7 to the ticket of ratio 0.5 (union): 100 -> 40 parameters")
        .contains("FLOPs an image, top-1 50.00 % -> 25.00 %")
        .contains("DONE: 90 epochs in 1 d 00 h, top-1 75.00 % (best 76.00 %)")
        .contains("30.0 % saved")
        .doesNotContain(ESCAPE);
    assertThat(text.toString())
        .endsWith(
            """
No ticket emerged at ratio 0.7.
saved against dense: 30.0 % of the training FLOPs, 70.0 % of those an image, 60.0 % of the parameters
result: file:///runs/a/checkpoints/epoch-0090
report: file:///runs/a/report/index.html
next: submit/earlybird evaluate --checkpoint file:///runs/a
  or: submit/earlybird export --checkpoint file:///runs/a
""");
  }

  @Test
  void whatOthersPrintTakesThePlaceOfTheStatusLine() {
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    PrintWriter out = new PrintWriter(screen, false, StandardCharsets.UTF_8);
    ConsoleProgress progress = new ConsoleProgress(out, Output.TERMINAL, () -> now);
    PrintStream errors = progress.beside(new PrintStream(screen, false, StandardCharsets.UTF_8));
    progress.stageBegan(1, Stage.CHECKPOINT);
    errors.println("12:00:00 WARN one");
    errors.println("12:00:01 WARN two");
    assertThat(screen.toString(StandardCharsets.UTF_8))
        .contains("writing checkpoint")
        .endsWith("\r" + ESCAPE + "[K12:00:00 WARN one\n12:00:01 WARN two\n");
  }

  @Test
  void onlyWhatStandsOutIsColored() {
    RunListener progress = progress(Output.COLORS);
    wholeRun(progress);
    String[] lines = text.toString().split("\n", -1);
    assertThat(lines)
        .filteredOn(line -> line.contains(ESCAPE))
        .hasSize(9)
        .allMatch(line -> line.endsWith(ESCAPE + "[0m"));
    assertThat(lines[1]).startsWith(ESCAPE + "[1;32mTICKET at ratio 0.5 after epoch 7");
  }

  private static void wholeRun(RunListener progress) {
    progress.happened(Events.TICKET);
    progress.happened(Events.change());
    progress.happened(Events.summary());
    progress.ended(
        new Result(
            List.of("No ticket emerged at ratio 0.7."),
            "file:///runs/a/checkpoints/epoch-0090",
            "file:///runs/a/report/index.html",
            List.of(
                "submit/earlybird evaluate --checkpoint file:///runs/a",
                "submit/earlybird export --checkpoint file:///runs/a")));
  }

  private static Start start(int completedEpochs) {
    return new Start("demo", 90, completedEpochs, 1000, 100, List.of());
  }

  private ConsoleProgress progress(Output output) {
    InstantSource clock = () -> now;
    return new ConsoleProgress(new PrintWriter(text), output, clock);
  }
}
