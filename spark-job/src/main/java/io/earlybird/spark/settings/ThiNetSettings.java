package io.earlybird.spark.settings;

import io.earlybird.pruning.thinet.ThiNetOptions;
import io.earlybird.spark.settings.Section.Range;
import io.earlybird.spark.settings.SparsitySettings.PolicyName;

/**
 * The policy {@code thinet} (specification 6.4).
 *
 * @param keepRate share of the channels of a layer that stay
 * @param batches of a replica that are looked at for each layer
 * @param samplesPerImage outputs that are drawn from an image
 * @param layerEpochs of training after each layer
 * @param learningRate in them
 * @param retrainEpochs after the last layer
 * @param retraining their learning rates
 */
public record ThiNetSettings(
    double keepRate,
    int batches,
    int samplesPerImage,
    int layerEpochs,
    double learningRate,
    int retrainEpochs,
    RetrainingSettings retraining) {
  private static final int MANY = 100_000;

  static ThiNetSettings read(Section sparsity, PolicyName chosen) {
    Effect effect = PolicyName.THINET.effectIn(chosen);
    Section section = sparsity.section("thinet");
    return new ThiNetSettings(
        section.real("keep-rate", effect, Range.DENSITY),
        section.integer("batches", effect, 1, MANY),
        section.integer("samples-per-image", effect, 1, MANY),
        section.integer("layer-epochs", effect, 0, MANY),
        section.real("layer-learning-rate", effect, Range.POSITIVE),
        section.integer("retrain-epochs", effect, 1, MANY),
        RetrainingSettings.read(section.section("retraining"), effect));
  }

  ThiNetOptions options() {
    return new ThiNetOptions(
        keepRate,
        batches,
        samplesPerImage,
        layerEpochs,
        learningRate,
        retrainEpochs,
        retraining.rule());
  }
}
