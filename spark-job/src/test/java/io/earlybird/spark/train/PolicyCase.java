package io.earlybird.spark.train;

import io.earlybird.spark.settings.SparsitySettings.PolicyName;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A policy with settings that make a {@link TinyRun} of it end after {@link TinyRun#EPOCHS} epochs.
 *
 * @param name for people
 * @param density share of the weights that is active in the end; 1 where none is masked
 * @param settings beside those of the tiny run
 */
record PolicyCase(String name, double density, List<String> settings) {
  PolicyCase {
    settings = List.copyOf(settings);
  }

  /** Policies that mask weights. */
  static Stream<PolicyCase> masking() {
    return Stream.of(
        of("imp", 0.1, "run.epochs=2", "imp.cycles=2", "imp.retrain-epochs=2")
            .with("averaging.outer.method=nesterov"),
        of("bimp", 0.1, "bimp.cycles=2", "bimp.initial-epochs=2"),
        of(
            "lottery-ticket",
            0.2,
            "run.epochs=2",
            "lottery-ticket.sparsity=0.8",
            "lottery-ticket.rounds=2",
            "lottery-ticket.rewind-epoch=1"),
        of("sparse-momentum", 0.2, "sparse-momentum.density=0.2"),
        of(
                "sparse-momentum",
                0.2,
                "sparse-momentum.density=0.2",
                "sparse-momentum.growth=momentum-neuron")
            .named("sparse-momentum-neurons"),
        of("set", 0.2, "set.density=0.2"),
        of("rigl", 0.2, "rigl.density=0.2"),
        of("snip", 0.2, "snip.sparsity=0.8"),
        of("gmp", 0.2, "gmp.sparsity=0.8", "gmp.every-epochs=1"),
        of("gmp", 0.2, "gmp.sparsity=0.8", "gmp.every-epochs=1", "gmp.mode=recovering")
            .named("gmp-recovering"),
        of("dpf", 0.2, "dpf.sparsity=0.8", "dpf.every-epochs=1", "dpf.mask-steps=1")
            .with("averaging.bn-recalibration-batches=2"),
        of("dnw", 0.2, "dnw.sparsity=0.8"),
        of("str", 0.2, "str.sparsity=0.8", "str.initial-threshold=-4", "str.threshold-decay=0.01"),
        of("dst", 0.2, "dst.sparsity=0.8"),
        of("cs", 0.2, "cs.sparsity=0.8", "cs.initial-mask=0.1"),
        of("gsm", 0.2, "gsm.sparsity=0.8")
            .with("optimizer.momentum=0.98")
            .with("optimizer.learning-rate=0.005"),
        of("lc", 0.2, "lc.sparsity=0.8", "lc.decay=0.1", "lc.decay-growth=2"));
  }

  /** Policies that cut the network, once or often. */
  static Stream<PolicyCase> cutting() {
    return Stream.of(
        of("early-bird", 1),
        of("early-bird", 1, "early-bird.inherit=rewind", "early-bird.switch-at-epoch=1")
            .with("run.epochs=3")
            .named("early-bird-rewound"),
        of("early-bird", 1, "early-bird.search-precision=bfp8").named("early-bird-lf"),
        of("network-slimming", 1, "run.epochs=2", "network-slimming.retrain-epochs=2"),
        of("sfp", 1, "sfp.keep-rate=0.5"),
        of("thinet", 1, "run.epochs=2", "thinet.layer-epochs=0", "thinet.retrain-epochs=2"));
  }

  /** A policy with settings whose keys are relative to {@code sparsity}, or of the run. */
  private static PolicyCase of(String policy, double density, String... settings) {
    return new PolicyCase(
        policy,
        density,
        Stream.concat(
                Stream.of("sparsity.policy=" + policy),
                Stream.of(settings).map(key -> key.startsWith("run.") ? key : "sparsity." + key))
            .toList());
  }

  private PolicyCase named(String other) {
    return new PolicyCase(other, density, settings);
  }

  /** With one more setting. */
  PolicyCase with(String setting) {
    return new PolicyCase(
        name, density, Stream.concat(settings.stream(), Stream.of(setting)).toList());
  }

  PolicyName policy() {
    String setting = settings.get(0).replace("sparsity.policy=", "");
    return PolicyName.valueOf(setting.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  TinyRun run(Path directory) {
    return new TinyRun(directory, settings.toArray(new String[0]));
  }

  @Override
  public String toString() {
    return name;
  }
}
