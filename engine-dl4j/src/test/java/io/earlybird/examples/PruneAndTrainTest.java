package io.earlybird.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.engine.Batch;
import io.earlybird.model.reference.RandomBatches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PruneAndTrainTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "library.md");
  private static final Path SOURCE =
      Path.of("src", "test", "java", "io", "earlybird", "examples", "PruneAndTrain.java");
  private static final Pattern QUOTED = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void halfOfTheChannelsGoAndTheRestLearnsTheBatch() {
    Batch batch = RandomBatches.of(Networks.named("demo", 10, 32), 16, 1);
    PruneAndTrain done = PruneAndTrain.on(Collections.nCopies(20, batch));
    assertThat(done.before().batchNormChannels()).isEqualTo(496);
    assertThat(done.after().batchNormChannels()).isEqualTo(248);
    assertThat(done.after().macs()).isLessThan(done.before().macs() / 2);
    // ten classes by chance: ln 10
    assertThat(done.loss()).isLessThan(0.5 * Math.log(10));
  }

  @Test
  void theDocumentQuotesThisCode() throws IOException {
    String source = unindented(Files.readString(SOURCE));
    List<String> quoted =
        QUOTED.matcher(Files.readString(DOCUMENT)).results().map(match -> match.group(1)).toList();
    assertThat(quoted)
        .isNotEmpty()
        .allSatisfy(code -> assertThat(source).contains(unindented(code)));
  }

  @Test
  void sparkIsNotOnThisClassPath() {
    assertThatThrownBy(() -> Class.forName("org.apache.spark.SparkContext"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  private static String unindented(String code) {
    return code.replaceAll("(?m)^ +", "").strip();
  }
}
