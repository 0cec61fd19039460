package io.earlybird.spark.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.pruning.schedule.StepDecay;
import io.earlybird.spark.settings.SparsitySettings.PolicyName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationsTest {
  private static final Path FOLDER = Path.of("../conf");

  static Stream<Path> files() throws IOException {
    return files(name -> name.endsWith(".conf") && !name.startsWith("compare-"));
  }

  static Stream<Path> comparisons() throws IOException {
    return files(name -> name.endsWith(".conf") && name.startsWith("compare-"));
  }

  private static Stream<Path> files(Predicate<String> wanted) throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> wanted.test(file.getFileName().toString()))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("comparisons")
  void everyComparisonIsValid(Path file) {
    ComparisonSettings comparison = ComparisonSettings.load(file, List.of());
    assertThat(comparison.name()).isEqualTo(file.getFileName().toString().replace(".conf", ""));
    assertThat(comparison.runs()).hasSizeGreaterThanOrEqualTo(2 * comparison.entries().size());
  }

  @Test
  void theDemonstrationComparesEveryPolicy() {
    ComparisonSettings comparison =
        ComparisonSettings.load(FOLDER.resolve("compare-demo.conf"), List.of());
    assertThat(comparison.runs())
        .extracting(run -> run.settings().sparsity().policy())
        .contains(PolicyName.values());
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyConfigurationIsValid(Path file) {
    Settings settings = Settings.load(file, List.of());
    assertThat(settings.run().name()).isEqualTo(file.getFileName().toString().replace(".conf", ""));
    assertThat(settings.policy().name()).isEqualTo("early-bird");
  }

  @Test
  void theConfigurationsOfTheIssueAreThere() throws IOException {
    assertThat(files().map(file -> file.getFileName().toString()))
        .contains(
            "quickstart.conf",
            "cifar10-vgg16.conf",
            "cifar100-preresnet101.conf",
            "resnet18-imagenet.conf",
            "resnet50-imagenet.conf",
            "resnet50-smoke.conf");
  }

  @ParameterizedTest
  @CsvSource({
    "cifar10-vgg16, 160, 80, 120",
    "cifar100-preresnet101, 160, 80, 120",
    "resnet18-imagenet, 90, 30, 60",
    "resnet50-imagenet, 90, 30, 60"
  })
  void recipesAreThoseOfTheSpecification(String name, int epochs, int first, int second) {
    Settings settings = Settings.load(FOLDER.resolve(name + ".conf"), List.of());
    assertThat(settings.run().epochs()).isEqualTo(epochs);
    assertThat(settings.run().seed()).isEqualTo(1);
    assertThat(settings.averaging().globalBatchSize()).isEqualTo(256);
    assertThat(settings.recipe().schedule())
        .isEqualTo(new StepDecay(0.1, 0.1, List.of(first, second)));
    assertThat(settings.optimizer().momentum()).isEqualTo(0.9);
    assertThat(settings.optimizer().weightDecay()).isEqualTo(1e-4);
    assertThat(settings.optimizer().nesterov()).isFalse();
    assertThat(settings.optimizer().labelSmoothing()).isZero();
    assertThat(settings.sparsity().gammaL1()).isEqualTo(1e-4);
    assertThat(settings.sparsity().earlyBird().keepGammaL1())
        .isEqualTo(!name.equals("resnet50-imagenet"));
  }
}
