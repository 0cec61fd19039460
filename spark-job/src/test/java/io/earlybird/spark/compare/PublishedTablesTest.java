package io.earlybird.spark.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PublishedTablesTest {
  /** The energies per operation are given with three digits. */
  private static final double ENERGY_PERCENT = 0.6;

  static List<PublishedRow> known() {
    return PublishedTables.rows().stream().filter(PublishedRow::known).toList();
  }

  @ParameterizedTest
  @MethodSource("known")
  void trainingFlopsOfEveryRowWithAKnownFormulaAgree(PublishedRow row) {
    assertThat(row.agrees())
        .as("%s recomputed, %s printed", row.recomputedPetaFlops(), row.petaFlops())
        .isTrue();
    // no tolerance is so large that any number would do
    assertThat(row.tolerance()).isLessThanOrEqualTo(0.016 * row.petaFlops());
  }

  @Test
  void rowsWithoutAFormulaAreThoseOfTheReadme() {
    List<PublishedRow> unknown =
        PublishedTables.rows().stream().filter(row -> !row.known()).toList();
    assertThat(known()).hasSize(78);
    assertThat(unknown).hasSize(31);
    assertThat(unknown)
        .allMatch(
            row ->
                row.method().matches("EB Train \\((LF|LL)\\)")
                    || (row.model().equals("PreResNet101") && row.method().equals("NS"))
                    || (row.model().equals("VGG16") && row.percent().equals("70"))
                    || (row.model().equals("ResNet50") && row.percent().matches("30|50")));
    assertThat(unknown).filteredOn(row -> row.method().startsWith("NS")).hasSize(3);
    assertThat(unknown).filteredOn(row -> row.model().equals("ResNet50")).hasSize(2);
  }

  @Test
  void denseTrainingsCostTheEnergyThatWasMeasured() {
    assertThat(known())
        .filteredOn(row -> row.method().matches("LT.*|SNIP|Unpruned"))
        .hasSize(26)
        .allSatisfy(
            row ->
                assertThat(row.modelledJoule())
                    .isCloseTo(row.joule(), withinPercentage(ENERGY_PERCENT)));
  }

  @ParameterizedTest
  @CsvSource({"vgg16-cifar, 10, 24", "preresnet-101, 100, 24", "resnet50, 1000, 7", "demo, 10, 0"})
  void rowsOfANetworkAreFound(String network, int classes, int rows) {
    assertThat(PublishedTables.rowsOf(network, classes)).hasSize(rows);
  }
}
