package io.earlybird.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.earlybird.spark.cli.Earlybird;
import io.earlybird.spark.settings.SettingsPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links and commands of all Markdown files, without a look at the network. */
class DocumentationTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern OVERRIDE = Pattern.compile("--set[= ]([a-z0-9.-]+)=");

  private static final List<String> NOT_OURS = List.of("target", "runs", "comparisons");

  static Stream<Path> documents() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .map(ROOT::relativize)
          .filter(file -> Stream.of(file.toString().split("/")).noneMatch(NOT_OURS::contains))
          .filter(file -> !file.toString().startsWith("."))
          .sorted()
          .toList()
          .stream();
    }
  }

  static Stream<String> commands() throws IOException {
    return documents().flatMap(file -> MarkdownFile.read(ROOT.resolve(file)).commands().stream());
  }

  @Test
  void theseTestsSeeTheDocuments() throws IOException {
    assertThat(documents().map(Path::toString))
        .contains("README.md", "CONTRIBUTING.md", "docs/guide.md", "docs/settings.md")
        .hasSizeGreaterThan(30);
    assertThat(commands()).hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyLinkLeadsToAFileAndItsAnchorToAHeading(Path document) {
    Path file = ROOT.resolve(document);
    for (String link : MarkdownFile.read(file).links()) {
      if (link.matches("[a-z]+:.*")) {
        continue;
      }
      String[] parts = link.split("#", 2);
      Path target = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]).normalize();
      assertThat(target).as("link %s in %s", link, document).exists().startsWith(ROOT);
      if (parts.length == 2) {
        assertThat(MarkdownFile.read(target).anchors())
            .as("link %s in %s", link, document)
            .contains(parts[1]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandIsOneThatTheCommandLineTakes(String command) {
    assertThatCode(() -> Earlybird.commandLine().parseArgs(MarkdownFile.arguments(command)))
        .doesNotThrowAnyException();
  }

  @Test
  void everySettingOfACommandIsKnown() throws IOException {
    String settings = SettingsPage.markdown();
    commands()
        .forEach(
            command ->
                assertThat(OVERRIDE.matcher(command).results().map(match -> match.group(1)))
                    .as(command)
                    .allSatisfy(key -> assertThat(settings).contains("| `" + key + "` |")));
  }
}
