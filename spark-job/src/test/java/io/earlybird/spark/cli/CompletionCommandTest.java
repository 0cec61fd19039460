package io.earlybird.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {
  @TempDir private Path directory;

  @Test
  void bashCompletesCommandsAndTheirOptions() throws Exception {
    assertThat(completions("tr")).isEqualTo("train");
    assertThat(completions("shard", "im")).isEqualTo("imagenet");
    assertThat(completions("train", "--dr")).isEqualTo("--dry-run");
    assertThat(completions("export", "--format", "saf")).isEqualTo("safetensors");
  }

  @Test
  void zshReadsTheSameScript() {
    assertThat(CommandLineRun.of("completion", "zsh").out())
        .isEqualTo(CommandLineRun.of("completion", "bash").out())
        .contains("bashcompinit");
  }

  @Test
  void anotherShellIsRefused() {
    CommandLineRun run = CommandLineRun.of("completion", "fish");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("fish");
  }

  /** What bash offers for the last word. */
  private String completions(String... words) throws IOException, InterruptedException {
    Path script = directory.resolve("completion");
    Files.writeString(script, CommandLineRun.of("completion", "bash").out());
    String line = "submit/earlybird " + String.join(" ", words);
    String asked =
        "source '%s'; COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE='%s'; COMP_POINT=%d; "
                .formatted(script, line, words.length, line, line.length())
            // outside of a completion bash complains of compopt
            + "$(complete -p earlybird | sed 's/.*-F \\([^ ]*\\).*/\\1/') 2>/dev/null;"
            + " echo ${COMPREPLY[*]}";
    Process bash = new ProcessBuilder("bash", "-c", asked).redirectErrorStream(true).start();
    String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(answer).isZero();
    return answer.strip();
  }
}
