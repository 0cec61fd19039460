package io.earlybird.spark.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.spark.settings.ComparisonSettings.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonSettingsTest {
  private static final String COMMON =
      """
      earlybird {
        run.epochs = 4
        data { train = "/t", validation = "/v", image-size = 32 }
        network { name = demo, classes = 10 }
      }
      """;

  @Test
  void eachEntryIsRunOnceForEachSeedWithItsOwnSettings() {
    ComparisonSettings comparison =
        parse(
            "name = small, seeds = [3, 4], entries = [",
            "{ name = dense, sparsity.policy = dense }",
            "{ name = imp, run.epochs = 2, sparsity { policy = imp, imp.retrain-epochs = 2 } }]");
    assertThat(comparison.name()).isEqualTo("small");
    assertThat(comparison.directory()).isEqualTo("comparisons/small");
    assertThat(comparison.baseline()).isEqualTo("dense");
    assertThat(comparison.runs())
        .extracting(Run::directoryName)
        .containsExactly("dense-seed-3", "dense-seed-4", "imp-seed-3", "imp-seed-4");
    Settings last = comparison.runs().get(3).settings();
    assertThat(last.policy().name()).isEqualTo("imp");
    assertThat(last.run().epochs()).isEqualTo(2);
    assertThat(last.run().seed()).isEqualTo(4);
    assertThat(last.run().name()).isEqualTo("imp");
    assertThat(last.run().directory()).isEqualTo("comparisons/small/runs/imp-seed-4");
    assertThat(last.data().train()).isEqualTo("/t");
  }

  @Test
  void overridesWinInAllEntriesAndMayChangeTheComparison() {
    ComparisonSettings comparison =
        ComparisonSettings.parse(
            "test",
            COMMON
                + "compare { name = small, seeds = [1], entries = [{ name = a, run.epochs = 9,"
                + " sparsity.policy = dense }] }",
            List.of("run.epochs=1", "compare.seeds=[5, 6, 7]", "compare.directory=/c"));
    assertThat(comparison.runs()).extracting(Run::seed).containsExactly(5L, 6L, 7L);
    assertThat(comparison.runs()).allMatch(run -> run.settings().run().epochs() == 1);
    assertThat(comparison.directory()).isEqualTo("/c");
  }

  @Test
  void allProblemsAreNamedAtOnceWithTheirEntry() {
    assertThatThrownBy(
            () ->
                parse(
                    "name = \"a b\", baseline = none, colour = red, seeds = [1, 1], entries = [",
                    "{ name = dense, sparsity.policy = dense }",
                    "{ name = dense, sparsity.policy = dense }",
                    "{ name = odd, sparsity.policy = no-such-policy }",
                    "{ name = bad, sparsity { policy = imp, imp.sparsity = 2 } }",
                    "{ name = seeded, run.seed = 5 }",
                    "{ sparsity.policy = dense }, 7]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("compare.name = a b: must be a name")
        .hasMessageContaining("compare.baseline = none: must be the name of an entry")
        .hasMessageContaining("compare.colour: unknown; known are")
        .hasMessageContaining("compare.seeds = [1, 1]: one occurs twice")
        .hasMessageContaining("compare.entries[1].name = dense: occurs twice")
        .hasMessageContaining("compare.entries, odd: sparsity.policy = no-such-policy: must be one")
        .hasMessageContaining("compare.entries, bad: sparsity.imp.sparsity = 2: must be a number")
        .hasMessageContaining("compare.entries, seeded: run.seed is given by the comparison")
        .hasMessageContaining("compare.entries[5].name = : must be a name")
        .hasMessageContaining("compare.entries[6]: must be an object");
  }

  @Test
  void aComparisonNeedsSeedsAndEntries() {
    assertThatThrownBy(() -> parse("name = a, seeds = [], entries = []"))
        .hasMessageContaining("compare.seeds: has no seed")
        .hasMessageContaining("compare.entries: has no entry");
    assertThatThrownBy(() -> ComparisonSettings.parse("test", COMMON, List.of()))
        .hasMessageContaining("compare: missing");
  }

  @Test
  void entriesShareDataAndNetwork() {
    assertThatThrownBy(
            () ->
                parse(
                    "name = a, seeds = [1], entries = [",
                    "{ name = one, sparsity.policy = dense }",
                    "{ name = two, sparsity.policy = dense, network.name = vgg16-cifar }]"))
        .hasMessageContaining("compare.entries, two: network.name = \"vgg16-cifar\", but \"demo\"");
  }

  private static ComparisonSettings parse(String... compare) {
    return ComparisonSettings.parse(
        "test", COMMON + "compare {" + String.join("\n", compare) + "}", List.of());
  }
}
