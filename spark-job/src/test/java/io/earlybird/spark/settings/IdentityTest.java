package io.earlybird.spark.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdentityTest {
  @Test
  void operationalSettingsLeaveTheFingerprintAlone() {
    assertThat(
            fingerprint(
                "data.decode-threads=4",
                "data.train=s3a://bucket/train",
                "checkpoint.keep=9",
                "run.epochs=91",
                "run.directory=elsewhere"))
        .isEqualTo(fingerprint());
  }

  @Test
  void everyIdentitySettingChangesTheFingerprint() {
    for (String change :
        List.of(
            "run.seed=2",
            "data.streams=32",
            "engine.threads=2",
            "optimizer.learning-rate=0.2",
            "averaging.replicas=2",
            "sparsity.policy=dense",
            "sparsity.early-bird.ratios=[0.5]")) {
      assertThat(fingerprint(change)).as(change).isNotEqualTo(fingerprint());
    }
  }

  @Test
  void anotherSpellingOfTheSameValueIsTheSameIdentity() {
    assertThat(fingerprint("optimizer.learning-rate=1e-1", "optimizer.nesterov=false"))
        .isEqualTo(fingerprint("optimizer.learning-rate=0.10", "optimizer.nesterov=off"));
  }

  @Test
  void otherDataIsAnotherIdentity() {
    Settings settings = settings();
    assertThat(Identity.of(settings, "aa", "bb").fingerprint())
        .isNotEqualTo(Identity.of(settings, "aa", "cc").fingerprint())
        .hasSize(64)
        .matches("[0-9a-f]+");
  }

  @Test
  void theContentOfAFileThatTheRunBeginsWithIsIdentityAndItsPlaceIsNot() {
    Identity drawn = Identity.of(settings(), "aa", "bb");
    assertThat(fingerprint("network.initial-classifier=drawn")).isEqualTo(drawn.fingerprint());
    String[] file = {"network.initial-parameters=/some/file"};
    Identity imported = Identity.of(settings(file), "aa", "bb");
    assertThat(imported)
        .isEqualTo(Identity.of(settings("network.initial-parameters=/other"), "aa", "bb"));
    assertThat(imported.beginningWith("cc").fingerprint())
        .isNotEqualTo(imported.beginningWith("dd").fingerprint())
        .isNotEqualTo(imported.fingerprint());
    assertThat(fingerprint(file[0], "network.initial-classifier=drawn"))
        .isNotEqualTo(imported.fingerprint());
  }

  @Test
  void epochsAreIdentityWhereTheScheduleDependsOnThem() {
    assertThat(fingerprint("optimizer.schedule.kind=cosine", "run.epochs=91"))
        .isNotEqualTo(fingerprint("optimizer.schedule.kind=cosine", "run.epochs=90"));
  }

  private static String fingerprint(String... overrides) {
    return Identity.of(settings(overrides), "aa", "bb").fingerprint();
  }

  private static Settings settings(String... overrides) {
    List<String> all =
        new ArrayList<>(List.of("data.train=/data/train", "data.validation=/data/validation"));
    all.addAll(Arrays.asList(overrides));
    return Settings.of(all);
  }
}
