package io.earlybird.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The folder tree is the architecture: these are its arrows. */
class ArchitectureTest {
  private static final Path ROOT = Path.of("..");

  private static JavaClasses ours;

  @BeforeAll
  static void read() {
    ours =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.earlybird");
  }

  @ParameterizedTest(name = "{0}: {1} classes or more")
  @CsvSource({
    "model, 60",
    "pruning, 50",
    "data, 60",
    "engine.dl4j, 30",
    "engine.torch, 10",
    "spark, 150"
  })
  void theRulesSeeEveryModule(String module, int atLeast) {
    String name = "io.earlybird." + module;
    assertThat(ours.stream().filter(type -> (type.getPackageName() + ".").startsWith(name + ".")))
        .hasSizeGreaterThanOrEqualTo(atLeast);
  }

  @Test
  void theModelNeedsTheJdkAndJsonOnly() {
    seesOnly("model", "com.fasterxml.jackson..");
  }

  @Test
  void pruningNeedsTheModelAndJsonOnly() {
    seesOnly("pruning", "io.earlybird.model..", "com.fasterxml.jackson..");
  }

  @Test
  void dataSeesTheModelFilesAndImageCodecs() {
    seesOnly(
        "data",
        "io.earlybird.model..",
        "com.fasterxml.jackson..",
        "org.apache.hadoop..",
        "org.apache.commons.compress..",
        "org.bytedeco..",
        "org.slf4j..");
  }

  @Test
  void theDl4jEngineSeesTheModelAndDl4j() {
    seesOnly(
        "engine.dl4j",
        "io.earlybird.model..",
        "org.deeplearning4j..",
        "org.nd4j..",
        "org.bytedeco..",
        "org.slf4j..");
  }

  @Test
  void theTorchEngineSeesTheModelAndLibtorch() {
    seesOnly("engine.torch", "io.earlybird.model..", "org.bytedeco..");
  }

  @Test
  void packagesFormNoCycles() {
    hold(slices().matching("io.earlybird.(**)").should().beFreeOfCycles());
  }

  @Test
  void onlyTheCommandLinePrints() {
    hold(
        noClasses()
            .that()
            .resideOutsideOfPackages("io.earlybird.spark", "io.earlybird.spark.cli..")
            .and()
            .doNotHaveFullyQualifiedName("io.earlybird.spark.submit.SubmitPlan")
            .should(ACCESS_STANDARD_STREAMS));
  }

  @Test
  void nobodyThrowsGenericExceptions() {
    hold(noClasses().should(THROW_GENERIC_EXCEPTIONS));
  }

  @Test
  void everyPackageSaysWhatItIsFor() throws IOException {
    assertThat(packages())
        .allSatisfy(
            folder -> assertThat(folder).isDirectoryContaining("glob:**/package-info.java"));
  }

  @Test
  void noPackageIsACatchAll() throws IOException {
    assertThat(packages())
        .extracting(folder -> folder.getFileName().toString())
        .doesNotContain("util", "utils", "common", "helper", "helpers", "manager", "misc");
  }

  private static void seesOnly(String module, String... others) {
    String own = "io.earlybird." + module + "..";
    String[] allowed =
        Stream.concat(Stream.of(own, "java..", "javax.."), Stream.of(others))
            .toArray(String[]::new);
    hold(
        classes()
            .that()
            .resideInAPackage(own)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(allowed));
  }

  private static void hold(ArchRule rule) {
    rule.check(ours);
  }

  /** Folders of {@code src/main/java} that hold Java files, of all modules. */
  private static List<Path> packages() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT, 12)) {
      return files
          .filter(file -> file.toString().contains("src/main/java/"))
          .filter(file -> file.toString().endsWith(".java"))
          .map(Path::getParent)
          .distinct()
          .toList();
    }
  }
}
