package io.earlybird.spark.settings;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.engine.TrainingPrecision;
import io.earlybird.model.network.Network;
import io.earlybird.pruning.policy.Inherit;
import io.earlybird.pruning.surgery.GroupRule;
import io.earlybird.pruning.surgery.Zeroed;
import io.earlybird.spark.averaging.MomentumTreatment;
import io.earlybird.spark.averaging.WirePrecision;
import io.earlybird.spark.settings.AveragingSettings.Implementation;
import io.earlybird.spark.settings.AveragingSettings.Outer;
import io.earlybird.spark.settings.SparsitySettings.PolicyName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Settings that are valid alone and not together. */
final class Contradictions {
  private final List<String> found = new ArrayList<>();

  private Contradictions() {}

  static List<String> in(Settings settings) {
    Contradictions contradictions = new Contradictions();
    contradictions.lookAt(settings.run(), settings.optimizer());
    Optional<Network> dense = contradictions.network(settings.network(), settings.data());
    contradictions.lookAt(settings.averaging());
    if (settings.sparsity().policy() == PolicyName.EARLY_BIRD) {
      contradictions.lookAt(settings.sparsity());
      contradictions.lookAt(settings.sparsity().earlyBird(), settings.run());
    }
    contradictions.lookAtMomentum(settings.sparsity(), settings.averaging());
    contradictions.lookAtDecay(settings.sparsity(), settings.optimizer());
    if (settings.sparsity().policy().reparametrizes()) {
      contradictions.lookAtEffectiveWeights(settings);
    }
    if (settings.averaging().implementation() == Implementation.DL4J_SPARK) {
      contradictions.lookAtBaseline(settings.averaging(), settings.engine());
      dense.ifPresent(network -> contradictions.lookAtBaseline(settings.sparsity(), network));
      contradictions.lookAtBaseline(settings.sparsity().policy());
    }
    return List.copyOf(contradictions.found);
  }

  private void lookAt(RunSettings run, OptimizerSettings optimizer) {
    ScheduleSettings schedule = optimizer.schedule();
    require(
        schedule.epochs() == 0 || 2 * schedule.warmUpEpochs() <= schedule.epochs(),
        "optimizer.warm-up-epochs = %d with optimizer.schedule.epochs = %d: must be half at most"
            .formatted(schedule.warmUpEpochs(), schedule.epochs()));
    require(
        schedule.warmUpEpochs() < run.epochs(),
        "optimizer.warm-up-epochs = %d with run.epochs = %d: must be smaller"
            .formatted(schedule.warmUpEpochs(), run.epochs()));
    require(
        optimizer.swaStart() < run.epochs(),
        "optimizer.swa-start = %d with run.epochs = %d: must be smaller"
            .formatted(optimizer.swaStart(), run.epochs()));
    require(
        !optimizer.nesterov() || optimizer.momentum() > 0,
        "optimizer.nesterov = on with optimizer.momentum = 0: needs a momentum above 0");
  }

  /** The network that the run begins with, if there is one. */
  private Optional<Network> network(NetworkSettings network, DataSettings data) {
    if (network.name().isEmpty()) {
      return Optional.empty();
    }
    if (!Networks.names().contains(network.name())) {
      found.add(
          "network.name = %s: must be one of %s"
              .formatted(network.name(), String.join(", ", Networks.names())));
      return Optional.empty();
    }
    try {
      return Optional.of(Networks.named(network.name(), network.classes(), data.imageSize()));
    } catch (IllegalArgumentException e) {
      found.add(
          "network.name = %s with data.image-size = %d: %s"
              .formatted(network.name(), data.imageSize(), e.getMessage()));
      return Optional.empty();
    }
  }

  private void lookAt(AveragingSettings averaging) {
    require(
        averaging.replicasPerTask() <= averaging.replicas(),
        "averaging.replicas-per-task = %d with averaging.replicas = %d: must not be larger"
            .formatted(averaging.replicasPerTask(), averaging.replicas()));
  }

  private void lookAtMomentum(SparsitySettings sparsity, AveragingSettings averaging) {
    require(
        sparsity.policy() != PolicyName.SPARSE_MOMENTUM
            || averaging.momentum() == MomentumTreatment.AVERAGE,
        "sparsity.policy = sparse-momentum with averaging.momentum = reset: needs a momentum that"
            + " is averaged");
  }

  /** What is not to stay has nothing but decay to make it small. */
  private void lookAtDecay(SparsitySettings sparsity, OptimizerSettings optimizer) {
    double own =
        switch (sparsity.policy()) {
          case GSM -> sparsity.stable().gsm().decay();
          case LC -> sparsity.stable().lc().decay();
          default -> Double.POSITIVE_INFINITY;
        };
    String policy = Section.kebab(sparsity.policy());
    require(
        own + optimizer.weightDecay() > 0,
        ("optimizer.weight-decay = 0 with sparsity.policy = %s and sparsity.%s.decay = 0: shrinks"
                + " weights by decay alone, one of them must be above 0")
            .formatted(policy, policy));
  }

  /** Words and means over epochs are of stored weights. */
  private void lookAtEffectiveWeights(Settings settings) {
    String policy = Section.kebab(settings.sparsity().policy());
    require(
        settings.optimizer().swaStart() == 0,
        "optimizer.swa-start = %d with sparsity.policy = %s: a mean over epochs is of weights that"
                .formatted(settings.optimizer().swaStart(), policy)
            + " its steps do not use; must be 0");
    require(
        !settings.engine().precision().eightBit(),
        "engine.precision = %s with sparsity.policy = %s: does not round effective weights; set"
                .formatted(Section.kebab(settings.engine().precision()), policy)
            + " float32");
  }

  /** What dl4j-spark cannot do in a round. */
  private void lookAtBaseline(AveragingSettings averaging, EngineSettings engine) {
    String with = " with averaging.implementation = dl4j-spark: ";
    require(
        engine.name().equals("dl4j"),
        "engine.name = %s%smust be dl4j".formatted(engine.name(), with));
    requireFloat32("engine.precision", engine.precision());
    require(
        averaging.outer().method() == Outer.Method.NONE,
        "averaging.outer.method = %s%smust be none"
            .formatted(Section.kebab(averaging.outer().method()), with));
    require(
        averaging.momentum() == MomentumTreatment.AVERAGE,
        "averaging.momentum = %s%smust be average"
            .formatted(Section.kebab(averaging.momentum()), with));
    require(
        averaging.wirePrecision() == WirePrecision.FLOAT32,
        "averaging.wire-precision = %s%smust be float32"
            .formatted(Section.kebab(averaging.wirePrecision()), with));
    require(
        averaging.replicasPerTask() == 1,
        "averaging.replicas-per-task = %d%smust be 1".formatted(averaging.replicasPerTask(), with));
  }

  /** The graphs that dl4j-spark trains are made in float32 whatever is asked for. */
  private void requireFloat32(String key, TrainingPrecision precision) {
    require(
        precision == TrainingPrecision.FLOAT32,
        "%s = %s with averaging.implementation = dl4j-spark: must be float32"
            .formatted(key, Section.kebab(precision)));
  }

  /** All other policies mask weights. */
  private void lookAtBaseline(PolicyName policy) {
    require(
        policy == PolicyName.EARLY_BIRD || policy == PolicyName.DENSE,
        ("sparsity.policy = %s with averaging.implementation = dl4j-spark: holds weights at zero,"
                + " which dl4j-spark cannot do; set averaging.implementation = resident")
            .formatted(Section.kebab(policy)));
  }

  /** A ticket without values of its own has nothing frozen. */
  private void lookAtBaseline(SparsitySettings sparsity, Network network) {
    if (sparsity.policy() != PolicyName.EARLY_BIRD) {
      return;
    }
    EarlyBirdSettings earlyBird = sparsity.earlyBird();
    requireFloat32("sparsity.early-bird.search-precision", earlyBird.searchPrecision());
    requireFloat32("sparsity.early-bird.retrain-precision", earlyBird.retrainPrecision());
    if (sparsity.surgery().zeroed() != Zeroed.FROZEN || earlyBird.inherit() == Inherit.REINIT) {
      return;
    }
    require(
        !FrozenMembers.mayBeLeftBy(sparsity.surgery(), network),
        ("sparsity.zeroed = frozen with averaging.implementation = dl4j-spark: surgery %s of %s"
                + " leaves entries to be held at zero, which dl4j-spark cannot do; set"
                + " sparsity.zeroed = trainable or averaging.implementation = resident")
            .formatted(sparsity.surgery().rule().settingName(), network.name()));
  }

  private void lookAt(EarlyBirdSettings earlyBird, RunSettings run) {
    List<Double> ratios = earlyBird.ratios();
    require(
        ratios.stream().sorted().distinct().toList().equals(ratios),
        "sparsity.early-bird.ratios = %s: must ascend".formatted(ratios));
    require(
        ratios.contains(earlyBird.switchRatio()),
        ("sparsity.early-bird.switch-ratio = %s with sparsity.early-bird.ratios = %s: must be one"
                + " of them")
            .formatted(earlyBird.switchRatio(), ratios));
    require(
        earlyBird.switchAtEpoch() < run.epochs(),
        "sparsity.early-bird.switch-at-epoch = %d with run.epochs = %d: must be smaller"
            .formatted(earlyBird.switchAtEpoch(), run.epochs()));
  }

  private void lookAt(SparsitySettings sparsity) {
    require(
        sparsity.surgery().rule() != GroupRule.WIDTH_TRANSFER
            || sparsity.earlyBird().inherit() == Inherit.REINIT,
        ("sparsity.surgery = width-transfer with sparsity.early-bird.inherit = %s: carries no"
                + " values over, must be reinit")
            .formatted(Section.kebab(sparsity.earlyBird().inherit())));
  }

  private void require(boolean holds, String problem) {
    if (!holds) {
      found.add(problem);
    }
  }
}
