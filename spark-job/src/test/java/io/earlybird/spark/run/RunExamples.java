package io.earlybird.spark.run;

import io.earlybird.data.image.Augmentation;
import io.earlybird.data.image.ImageSettings;
import io.earlybird.model.network.AveragePool;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Input;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Relu;
import io.earlybird.model.network.Shape;
import io.earlybird.spark.settings.Identity;
import io.earlybird.spark.settings.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A small network and settings for tests of this package. */
final class RunExamples {
  static final Network NETWORK =
      new Network(
          "small",
          List.of(
              new Input("input", new Shape(3, 4, 4)),
              new Convolution("conv", "input", 4, 3, 1, 1),
              new BatchNorm("bn", "conv", 1),
              new Relu("relu", "bn"),
              new AveragePool("pool", "relu", 4, 4, true),
              new Linear("fc", "pool", 3, Linear.Initial.UNIFORM_FAN_IN)));

  static final InputDescription INPUT =
      new InputDescription(
          ImageSettings.of(4, Augmentation.PAD_CROP), List.of("cat", "dog", "emu"));

  private RunExamples() {}

  static RunIdentity run(String... overrides) {
    return run(new EngineBuild("dl4j", "1.0"), overrides);
  }

  static RunIdentity run(EngineBuild engine, String... overrides) {
    List<String> all =
        new ArrayList<>(List.of("data.train=/data/train", "data.validation=/data/validation"));
    all.addAll(Arrays.asList(overrides));
    Settings settings = Settings.of(all);
    return new RunIdentity(
        settings, Identity.of(settings, "aa", "bb"), engine, List.of("cat", "dog", "emu"));
  }
}
