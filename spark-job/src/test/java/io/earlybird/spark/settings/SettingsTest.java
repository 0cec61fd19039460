package io.earlybird.spark.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.TrainingPrecision;
import io.earlybird.pruning.detection.ConsecutiveDistances;
import io.earlybird.pruning.policy.Phase;
import io.earlybird.pruning.schedule.StepDecay;
import io.earlybird.pruning.schedule.WarmUp;
import io.earlybird.pruning.surgery.SurgeryOptions;
import io.earlybird.pruning.surgery.Zeroed;
import io.earlybird.spark.settings.SparsitySettings.PolicyName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final String[] DATA = {
    "data.train=hdfs://nn:8020/train", "data.validation=file:///tmp/validation"
  };

  @TempDir private Path directory;

  @Test
  void defaultsAreTheImageNetRecipeOfTheSpecification() {
    Settings settings = withData();
    assertThat(settings.run().epochs()).isEqualTo(90);
    assertThat(settings.averaging().globalBatchSize()).isEqualTo(256);
    assertThat(settings.optimizer().learningRate()).isEqualTo(0.1);
    assertThat(settings.optimizer().momentum()).isEqualTo(0.9);
    assertThat(settings.optimizer().weightDecay()).isEqualTo(1e-4);
    assertThat(settings.optimizer().nesterov()).isFalse();
    assertThat(settings.optimizer().schedule().milestones()).containsExactly(30, 60);
    assertThat(settings.sparsity().policy()).isEqualTo(PolicyName.EARLY_BIRD);
    assertThat(settings.sparsity().gammaL1()).isEqualTo(1e-4);
    assertThat(settings.sparsity().surgery()).isEqualTo(SurgeryOptions.defaults());
    assertThat(settings.sparsity().earlyBird().detection().detector())
        .isEqualTo(ConsecutiveDistances.paper());
    assertThat(settings.engine().precision()).isEqualTo(TrainingPrecision.FLOAT32);
    assertThat(settings.engine().threads()).isEqualTo(1);
    assertThat(settings.data().streams()).isEqualTo(64);
  }

  @Test
  void thePrecisionOfTheEngineHoldsBeforeAndAfterTheSwitchUnlessTheySayOtherwise() {
    EarlyBirdSettings both = withData("engine.precision=bfloat16").sparsity().earlyBird();
    assertThat(both.searchPrecision()).isEqualTo(TrainingPrecision.BFLOAT16);
    assertThat(both.retrainPrecision()).isEqualTo(TrainingPrecision.BFLOAT16);
    EarlyBirdSettings search =
        withData("engine.precision=bfloat16", "sparsity.early-bird.retrain-precision=float32")
            .sparsity()
            .earlyBird();
    assertThat(search.searchPrecision()).isEqualTo(TrainingPrecision.BFLOAT16);
    assertThat(search.retrainPrecision()).isEqualTo(TrainingPrecision.FLOAT32);
  }

  @Test
  void wordsOfEightBitsAreAPrecisionOfSearchAndOfRetraining() {
    Settings low = withData("sparsity.early-bird.search-precision=bfp8");
    assertThat(low.precision(Phase.SEARCH)).isEqualTo(TrainingPrecision.BFP8);
    assertThat(low.precision(Phase.RETRAIN)).isEqualTo(TrainingPrecision.FLOAT32);
    assertThat(low.recipe().rule().quantization().rounds()).isFalse();
    assertThat(low.precisions()).containsExactly(Precision.FLOAT32);
    Settings both = withData("engine.precision=bfp8");
    assertThat(both.precision(Phase.SEARCH)).isEqualTo(TrainingPrecision.BFP8);
    assertThat(both.precision(Phase.RETRAIN)).isEqualTo(TrainingPrecision.BFP8);
    assertThat(both.recipe().rule().quantization().wordLength()).isEqualTo(8);
    assertThatThrownBy(
            () -> withData("engine.precision=bfp8", "averaging.implementation=dl4j-spark"))
        .hasMessageContaining(
            "engine.precision = bfp8 with averaging.implementation = dl4j-spark: must be float32");
  }

  @Test
  void commandLineWinsOverFileAndFileOverDefault() throws IOException {
    Path file = conf("earlybird { run { epochs = 12, seed = 7 }, optimizer.momentum = 0.5 }");
    Settings settings = Settings.load(file, List.of(DATA[0], DATA[1], "run.epochs=13"));
    assertThat(settings.run().epochs()).isEqualTo(13);
    assertThat(settings.run().seed()).isEqualTo(7);
    assertThat(settings.optimizer().momentum()).isEqualTo(0.5);
  }

  @Test
  void ofTwoOverridesOfOneKeyTheLaterWins() {
    assertThat(withData("run.epochs=3", "run.epochs=4").run().epochs()).isEqualTo(4);
  }

  @Test
  void overridesTakeUrisAndListsAsTheyStand() {
    Settings settings = withData("sparsity.early-bird.ratios=[0.1, 0.5]");
    assertThat(settings.data().train()).isEqualTo("hdfs://nn:8020/train");
    assertThat(settings.sparsity().earlyBird().ratios()).containsExactly(0.1, 0.5);
  }

  @Test
  void everyProblemIsReportedAtOnceWithKeyValueAndRange() {
    ConfigException e =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                Settings.of(
                    List.of(
                        "data.train=hdfs://nn/train",
                        "run.epochs=0",
                        "optimizer.lerning-rate=1",
                        "optimizer.momentum=1",
                        "engine.precision=float16",
                        "optimizer.nesterov=perhaps",
                        "sparsity.early-bird.switch-ratio=0.4",
                        "averaging.replicas=2",
                        "averaging.replicas-per-task=3",
                        "nonsense")));
    assertThat(e.problems())
        .containsExactlyInAnyOrder(
            "--set nonsense: must be key=value",
            "data.validation: missing, must be the URI of a directory of shards",
            "run.epochs = 0: must be a whole number in [1, 100000]",
            "optimizer.lerning-rate: unknown setting; did you mean optimizer.learning-rate?",
            "optimizer.momentum = 1: must be a number in [0, 1)",
            "engine.precision = float16: must be one of float32, bfloat16, bfp8",
            "sparsity.early-bird.search-precision = float16: must be one of float32, bfloat16, bfp8",
            "sparsity.early-bird.retrain-precision = float16: must be one of float32, bfloat16, bfp8",
            "optimizer.nesterov = perhaps: must be on or off",
            "sparsity.early-bird.switch-ratio = 0.4 with sparsity.early-bird.ratios = [0.3, 0.5,"
                + " 0.7]: must be one of them",
            "averaging.replicas-per-task = 3 with averaging.replicas = 2: must not be larger");
    assertThat(e.getMessage()).startsWith("11 invalid settings:\n  ");
  }

  @Test
  void aKeyOutsideTheRootIsRefused() throws IOException {
    Path file = conf("earlybrid.run.epochs = 3");
    assertThatThrownBy(() -> Settings.load(file, List.of(DATA)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("earlybrid: unknown; all settings stand under earlybird");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> Settings.load(directory.resolve("none.conf"), List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("none.conf: no such file");
  }

  @Test
  void aFileThatIsNoHoconIsNamedWithItsLine() throws IOException {
    Path file = conf("earlybird {\n  run { epochs = \n");
    assertThatThrownBy(() -> Settings.load(file, List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("run.conf");
  }

  @Test
  void aListWhereAScalarBelongsIsRefused() {
    assertThatThrownBy(() -> withData("run.epochs=[1,2]"))
        .hasMessageContaining("run.epochs = [1,2]: must be a whole number in [1, 100000]");
  }

  @Test
  void theDl4jSparkBaselineRefusesWhatItCannotDo() {
    assertThatThrownBy(
            () ->
                withData(
                    "averaging.implementation=dl4j-spark",
                    "averaging.outer.method=slowmo",
                    "averaging.momentum=reset"))
        .hasMessageContaining(
            "averaging.outer.method = slowmo with averaging.implementation = dl4j-spark: must be"
                + " none")
        .hasMessageContaining(
            "averaging.momentum = reset with averaging.implementation = dl4j-spark: must be"
                + " average");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "engine.precision",
        "sparsity.early-bird.search-precision",
        "sparsity.early-bird.retrain-precision"
      })
  void theDl4jSparkBaselineTrainsInFloat32Only(String key) {
    assertThatThrownBy(() -> withData(baseline("demo", "union", "keep-largest", key + "=bfloat16")))
        .hasMessageContaining(
            key + " = bfloat16 with averaging.implementation = dl4j-spark: must be float32");
  }

  @ParameterizedTest(name = "{0}, {1}, {2}")
  @CsvSource({
    "demo-resnet, union, keep-largest",
    "demo-resnet, inner-only, keep-largest",
    "resnet18, union, keep-largest",
    "resnet18, scatter, keep-largest",
    "demo, union, keep-zeroed"
  })
  void theDl4jSparkBaselineRefusesTicketsWithFrozenMembers(
      String network, String surgery, String minimumWidth) {
    assertThatThrownBy(() -> withData(baseline(network, surgery, minimumWidth)))
        .hasMessageContaining(
            "sparsity.zeroed = frozen with averaging.implementation = dl4j-spark: surgery "
                + surgery
                + " of "
                + network
                + " leaves entries to be held at zero, which dl4j-spark cannot do; set"
                + " sparsity.zeroed = trainable or averaging.implementation = resident");
    withData(baseline(network, surgery, minimumWidth, "sparsity.zeroed=trainable"));
    withData(baseline(network, surgery, minimumWidth, "sparsity.policy=dense"));
    withData(baseline(network, surgery, minimumWidth, "sparsity.early-bird.inherit=reinit"));
  }

  @ParameterizedTest(name = "{0}, {1}, {2}")
  @CsvSource({
    "resnet50, scatter, keep-largest",
    "demo, union, keep-largest",
    "preresnet-20, union, keep-largest"
  })
  void theDl4jSparkBaselineTakesTicketsWithoutFrozenMembers(
      String network, String surgery, String minimumWidth) {
    Settings settings = withData(baseline(network, surgery, minimumWidth));
    assertThat(settings.sparsity().surgery().zeroed()).isEqualTo(Zeroed.FROZEN);
  }

  private static String[] baseline(
      String network, String surgery, String minimumWidth, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "averaging.implementation=dl4j-spark",
                "averaging.replicas-per-task=1",
                "data.image-size=32",
                "network.name=" + network,
                "sparsity.surgery=" + surgery,
                "sparsity.minimum-width=" + minimumWidth));
    all.addAll(Arrays.asList(more));
    return all.toArray(new String[0]);
  }

  @Test
  void widthTransferCarriesNoValuesOver() {
    assertThatThrownBy(() -> withData("sparsity.surgery=width-transfer"))
        .hasMessageContaining("sparsity.early-bird.inherit = inherit: carries no values over");
  }

  @Test
  void anUnknownNetworkIsRefusedWithThoseThatAreKnown() {
    assertThatThrownBy(() -> withData("network.name=resnet51"))
        .hasMessageContaining("network.name = resnet51: must be one of resnet18, resnet50");
  }

  @Test
  void imagesThatAreTooSmallForTheNetworkAreRefused() {
    assertThatThrownBy(() -> withData("network.name=vgg16-cifar", "data.image-size=8"))
        .hasMessageContaining("network.name = vgg16-cifar with data.image-size = 8: ");
  }

  @Test
  void thePolicyIsThatOfTheSettings() {
    assertThat(withData().policy().name()).isEqualTo("early-bird");
    assertThat(withData("sparsity.policy=dense").policy().name()).isEqualTo("dense");
  }

  @Test
  void warmUpRunsBeforeTheScheduleWhoseClockGoesOn() {
    assertThat(withData("optimizer.warm-up-epochs=5").recipe().schedule())
        .isEqualTo(new WarmUp(new StepDecay(0.1, 0.1, List.of(30, 60)), 5, 0));
  }

  @Test
  void theDensePolicyDoesNotLookAtEarlyBirdSettings() {
    Settings settings =
        withData("sparsity.policy=dense", "run.epochs=2", "sparsity.early-bird.switch-at-epoch=5");
    assertThat(settings.sparsity().policy()).isEqualTo(PolicyName.DENSE);
  }

  @Test
  void resolvedSettingsAreReadAgainToTheSameSettings() throws IOException {
    Settings settings = withData("run.epochs=12", "sparsity.early-bird.ratios=[0.1,0.5]");
    assertThat(Settings.load(conf(settings.json()), List.of())).isEqualTo(settings);
  }

  @Test
  void epochsMayGrowUnlessTheScheduleDependsOnThem() {
    assertThat(withData().epochsAreIdentity()).isFalse();
    assertThat(withData("optimizer.schedule.kind=cosine").epochsAreIdentity()).isTrue();
    assertThat(withData("sparsity.early-bird.if-no-ticket=switch-at-end").epochsAreIdentity())
        .isTrue();
  }

  private static Settings withData(String... overrides) {
    List<String> all = new ArrayList<>(List.of(DATA));
    all.addAll(Arrays.asList(overrides));
    return Settings.of(all);
  }

  private Path conf(String text) throws IOException {
    return Files.writeString(directory.resolve("run.conf"), text);
  }
}
