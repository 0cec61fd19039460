package io.earlybird.spark.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "settings.md");

  private static final List<String> LINES = SettingsPage.markdown().lines().toList();

  @Test
  void thePageInDocsIsTheOneOfTheCode() throws IOException {
    assertThat(Files.readString(PAGE).lines().toList())
        .as("docs/settings.md is out of date: submit/earlybird settings > docs/settings.md")
        .isEqualTo(LINES);
  }

  @Test
  void everySettingIsThereOnceInTheOrderOfTheReference() {
    List<String> keys =
        LINES.stream()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.substring(3, line.indexOf('`', 3)))
            .toList();
    assertThat(keys)
        .startsWith("run.name", "run.directory", "run.seed", "run.epochs")
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            Settings.of(List.of("data.train=a", "data.validation=b")).all().stream()
                .map(Setting::key)
                .toList());
  }

  @Test
  void everySettingSaysWhatItMeans() {
    assertThat(LINES)
        .filteredOn(line -> line.startsWith("| `"))
        .allSatisfy(
            line -> assertThat(line).as("comment in reference.conf").doesNotEndWith("|  |"));
  }

  @Test
  void typeRangeAndDefaultAreThoseThatAreRead() {
    assertThat(LINES)
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith(
                        "| `averaging.steps-per-round` | a whole number | in [1, 1000000] |"
                            + " `10` | yes |"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith(
                        "| `averaging.momentum` | one of | `average`, `reset` | `average` | yes |"))
        .anySatisfy(
            line ->
                assertThat(line).startsWith("| `data.mean` | a list of numbers | each in [0, 1] |"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith(
                        "| `data.train` | the URI of a directory of shards |  | none: must be set |"
                            + " no |"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("| `sparsity.early-bird.search-precision` | one of |")
                    .contains("| that of `engine.precision` | yes |"));
  }

  @ParameterizedTest
  @EnumSource(
      value = SparsitySettings.PolicyName.class,
      names = "DENSE",
      mode = EnumSource.Mode.EXCLUDE)
  void everyPolicyHasATableWhoseSettingsChangeTheResult(SparsitySettings.PolicyName policy) {
    String section = "sparsity." + Section.kebab(policy);
    assertThat(LINES).contains("## " + section);
    assertThat(LINES)
        .filteredOn(line -> line.startsWith("| `" + section + "."))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).contains("| yes |"));
  }
}
