package io.earlybird.spark.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.pruning.schedule.Compressed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PolicySettingsTest {
  private static Settings settings(String... overrides) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "data.train=file:///train",
                "data.validation=file:///validation",
                "network.name=demo-resnet",
                "network.classes=3",
                "data.image-size=16"));
    all.addAll(List.of(overrides));
    return Settings.of(all);
  }

  @ParameterizedTest
  @EnumSource(SparsitySettings.PolicyName.class)
  void everyPolicyCanBeChosenWithItsDefaults(SparsitySettings.PolicyName name) {
    String setting = Section.kebab(name);
    Settings settings = settings("sparsity.policy=" + setting);
    assertThat(settings.policy().name()).isEqualTo(setting);
  }

  @ParameterizedTest(name = "{0} with {1}: {2}")
  @CsvSource(
      delimiter = ';',
      value = {
        "imp; sparsity.imp.sparsity=1; must be a number in [0, 1)",
        "imp; sparsity.imp.sparsity=0.99999; none would be left",
        "imp; sparsity.imp.cycles=31; 30 retraining epochs for 31 cycles",
        "imp; sparsity.imp.retraining.schedule=lrw,sparsity.imp.retrain-epochs=91; record has 90",
        "imp; sparsity.imp.sparsity=0.99995,sparsity.imp.cycles=10; active weights in cycle",
        "imp; sparsity.imp.retraining.schedule=lrw,sparsity.imp.cycles=2,"
            + "sparsity.imp.retrain-epochs=181; has 90",
        "imp; averaging.implementation=dl4j-spark; holds weights at zero",
        "bimp; sparsity.bimp.initial-epochs=90; Invalid initial epochs 90 of a budget of 90",
        "bimp; sparsity.bimp.cycles=31; 30 retraining epochs for 31 cycles",
        "bimp; sparsity.bimp.sparsity=-0.5; must be a number in [0, 1)",
        "bimp; sparsity.bimp.retraining.schedule=lrw,sparsity.bimp.initial-epochs=44,"
            + "sparsity.bimp.cycles=1; has 44",
        "bimp; sparsity.bimp.sparsity=0.99999; none would be left",
        "lottery-ticket; sparsity.lottery-ticket.sparsity=1; must be a number in [0, 1)",
        "lottery-ticket; sparsity.lottery-ticket.sparsity=0.99999; none would be left",
        "lottery-ticket; sparsity.lottery-ticket.sparsity=0.9999,"
            + "sparsity.lottery-ticket.rule=strict-threshold; active weights in cycle 1 of 1",
        "lottery-ticket; sparsity.lottery-ticket.rewind-epoch=90; Invalid rewind epoch 90",
        "lottery-ticket; sparsity.lottery-ticket.rounds=0; must be a whole number",
        "sparse-momentum; sparsity.sparse-momentum.density=0; must be a number in (0, 1]",
        "sparse-momentum; sparsity.sparse-momentum.density=1.5; must be a number in (0, 1]",
        "sparse-momentum; sparsity.sparse-momentum.density=0.00001; would be active; raise it",
        "sparse-momentum; sparsity.sparse-momentum.every-epochs=90; none would take place",
        "sparse-momentum; sparsity.sparse-momentum.until=0.01; none would take place",
        "sparse-momentum; sparsity.sparse-momentum.redistribution=fixed; must be one of",
        "sparse-momentum; averaging.momentum=reset; needs a momentum that is averaged",
        "rigl; sparsity.rigl.density=0.00001; would be active; raise it",
        "rigl; sparsity.rigl.density=1.01; must be a number in (0, 1]",
        "rigl; sparsity.rigl.every-epochs=70; none would take place",
        "set; sparsity.set.density=0; must be a number in (0, 1]",
        "set; sparsity.set.drop-rate=1; must be a number in (0, 1)",
        "snip; sparsity.snip.sparsity=0.99999; none would be left",
        "snip; sparsity.snip.sparsity=1; must be a number in [0, 1)",
        "snip; sparsity.snip.batches=0; must be a whole number",
        "gmp; sparsity.gmp.sparsity=1.1; must be a number in [0, 1)",
        "gmp; sparsity.gmp.sparsity=0.99999; none would be left",
        "gmp; sparsity.gmp.every-epochs=46; must be half of them at most",
        "gmp; sparsity.gmp.mode=dreaming; must be one of incremental, recovering",
        "dpf; sparsity.dpf.sparsity=0.99999; none would be left",
        "dpf; sparsity.dpf.every-epochs=46; must be half of them at most",
        "dpf; sparsity.dpf.mask-steps=0; must be a whole number",
        "dnw; sparsity.dnw.sparsity=1; must be a number in [0, 1)",
        "dnw; sparsity.dnw.sparsity=0.99999; none would be left",
        "dnw; averaging.implementation=dl4j-spark; which dl4j-spark cannot do",
        "str; sparsity.str.initial-threshold=NaN; must be a number that is finite",
        "str; sparsity.str.sparsity=0.99999; none would be left",
        "dst; sparsity.dst.sparsity=1; must be a number in [0, 1)",
        "dst; sparsity.dst.sparsity=0.99999; none would be left",
        "dst; sparsity.dst.penalty=-1; must be a number of at least 0",
        "cs; sparsity.cs.sparsity=0.99999; none would be left",
        "cs; sparsity.cs.final-sharpness=0.5; must be a number of at least 1",
        "cs; sparsity.cs.initial-mask=2; must be a number in [-1, 1]",
        "str; optimizer.swa-start=50; must be 0",
        "str; engine.precision=bfp8; does not round effective weights",
        "gsm; sparsity.gsm.sparsity=0.99999; none would be left",
        "gsm; optimizer.weight-decay=0; shrinks weights by decay alone",
        "lc; optimizer.weight-decay=0; shrinks weights by decay alone",
        "gsm; sparsity.gsm.decay=-1; must be a number of at least 0",
        "lc; sparsity.lc.decay-growth=0.5; must be a number of at least 1",
        "lc; sparsity.lc.decay=-1; must be a number of at least 0",
        "str; sparsity.str.threshold-decay=-1; must be a number of at least 0",
        "lc; sparsity.lc.sparsity=0.99999; none would be left",
        "lc; sparsity.lc.sparsity=-0.1; must be a number in [0, 1)",
        "network-slimming; sparsity.network-slimming.ratio=1; must be a number in [0, 1)",
        "network-slimming; sparsity.network-slimming.retraining.schedule=lrw,"
            + "sparsity.network-slimming.retrain-epochs=91; has 90",
        "network-slimming; sparsity.network-slimming.retrain-epochs=0; must be a whole number",
        "network-slimming; sparsity.network-slimming.inherit=rewind; must be one of",
        "network-slimming; sparsity.surgery=width-transfer; cuts with inner-only",
        "sfp; sparsity.sfp.keep-rate=0; must be a number in (0, 1]",
        "sfp; sparsity.sfp.keep-rate=1.5; must be a number in (0, 1]",
        "early-bird; sparsity.early-bird.ratios=[1]; must be a list of numbers, each in (0, 1)",
        "early-bird; sparsity.early-bird.switch-ratio=0.4; must be one of them",
        "early-bird; sparsity.early-bird.switch-at-epoch=90; must be smaller",
        "thinet; sparsity.thinet.keep-rate=1.5; must be a number in (0, 1]",
        "thinet; sparsity.thinet.keep-rate=0; must be a number in (0, 1]",
        "thinet; sparsity.thinet.retraining.schedule=lrw,sparsity.thinet.retrain-epochs=91; has 90"
      })
  void badSettingsAreRefusedBeforeAnythingRuns(String policy, String overrides, String problem) {
    List<String> all = new ArrayList<>(List.of(overrides.split(",", -1)));
    all.add("sparsity.policy=" + policy);
    assertThatThrownBy(() -> settings(all.toArray(new String[0])))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource({"gsm", "lc"})
  void aDecayOfTheirOwnIsEnoughForPoliciesThatShrinkWeights(String policy) {
    String decay = "sparsity." + policy + ".decay=0.1";
    Settings settings = settings("sparsity.policy=" + policy, "optimizer.weight-decay=0", decay);
    assertThat(settings.policy().name()).isEqualTo(policy);
  }

  @Test
  void settingsOfPoliciesThatAreNotChosenAreNoIdentity() {
    assertThat(fingerprint()).isEqualTo(fingerprint("sparsity.imp.sparsity=0.5"));
    assertThat(fingerprint("sparsity.policy=imp"))
        .isNotEqualTo(fingerprint("sparsity.policy=imp", "sparsity.imp.sparsity=0.5"));
  }

  private static String fingerprint(String... overrides) {
    return Identity.of(settings(overrides), "a", "b").fingerprint();
  }

  @Test
  void scheduleMadeForOtherEpochsIsCompressedAndFixesTheLength() {
    Settings settings =
        settings("run.epochs=45", "optimizer.schedule.epochs=90", "sparsity.policy=dense");
    assertThat(settings.recipe().schedule()).isInstanceOf(Compressed.class);
    // decays at 30 and 60 of 90 are those at 15 and 30 of 45
    assertThat(settings.recipe().schedule().learningRate(14, 9, 10)).isEqualTo(0.1);
    assertThat(settings.recipe().schedule().learningRate(15, 0, 10)).isEqualTo(0.1 * 0.1);
    assertThat(settings.recipe().schedule().learningRate(30, 0, 10)).isEqualTo(0.1 * 0.1 * 0.1);
    assertThat(settings.epochsAreIdentity()).isTrue();
    assertThat(settings("sparsity.policy=dense").epochsAreIdentity()).isFalse();
  }
}
