package io.earlybird.spark.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import io.earlybird.model.architecture.Networks;
import io.earlybird.model.engine.MomentumForm;
import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.engine.TrainingPrecision;
import io.earlybird.model.network.Network;
import io.earlybird.pruning.policy.Phase;
import io.earlybird.pruning.policy.Policy;
import io.earlybird.pruning.policy.PolicyOptions;
import io.earlybird.pruning.policy.TrainingRecipe;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * All settings of a run.
 *
 * @param run name, place, length
 * @param data shards and image pipeline
 * @param network the dense network
 * @param engine what trains a replica
 * @param optimizer the update
 * @param averaging replicas and rounds
 * @param sparsity what makes the network smaller
 * @param checkpoint how often the state is saved
 * @param all every setting by its key, in the order of keys
 */
public record Settings(
    RunSettings run,
    DataSettings data,
    NetworkSettings network,
    EngineSettings engine,
    OptimizerSettings optimizer,
    AveragingSettings averaging,
    SparsitySettings sparsity,
    CheckpointSettings checkpoint,
    List<Setting> all) {
  public Settings {
    all = List.copyOf(all);
  }

  /**
   * Reads a file of settings.
   *
   * @param file HOCON, everything under {@code earlybird}
   * @param overrides {@code key=value} each, keys relative to {@code earlybird.}; they win over the
   *     file, later ones over earlier ones
   * @throws ConfigException with all problems that were found
   */
  public static Settings load(Path file, List<String> overrides) {
    return SettingsLoader.load(SettingsLoader.file(file), overrides);
  }

  /**
   * Reads settings that were in a file.
   *
   * @param origin of the text, for messages
   * @param text HOCON, everything under {@code earlybird}
   * @param overrides as in {@link #load}
   * @throws ConfigException with all problems that were found
   */
  public static Settings parse(String origin, String text, List<String> overrides) {
    return SettingsLoader.load(SettingsLoader.text(origin, text), overrides);
  }

  /**
   * Settings from overrides and defaults alone.
   *
   * @param overrides as in {@link #load}
   * @throws ConfigException with all problems that were found
   */
  public static Settings of(List<String> overrides) {
    return SettingsLoader.load(ConfigFactory.empty(), overrides);
  }

  /**
   * Whether the result of an epoch depends on how many epochs the run has; if not, {@code
   * run.epochs} may grow.
   */
  public boolean epochsAreIdentity() {
    return all.stream()
        .anyMatch(
            setting -> setting.key().equals("run.epochs") && setting.effect() == Effect.IDENTITY);
  }

  /** The resolved settings as formatted JSON, nested as in a file of settings. */
  public String json() {
    Config config = ConfigFactory.empty();
    for (Setting setting : all) {
      config = config.withValue("earlybird." + setting.key(), setting.value());
    }
    return config.root().render(ConfigRenderOptions.concise().setFormatted(true));
  }

  /** What the run trains with before any policy changes it. */
  public TrainingRecipe recipe() {
    StepRule rule =
        StepRule.sgd(optimizer.learningRate(), optimizer.momentum(), optimizer.weightDecay())
            .withMomentumForm(
                optimizer.nesterov() ? MomentumForm.NESTEROV : MomentumForm.HEAVY_BALL)
            .withLabelSmoothing(optimizer.labelSmoothing())
            .withQuantization(engine.precision().quantization(run.seed()));
    return new TrainingRecipe(
        run.epochs(),
        run.seed(),
        rule,
        optimizer.schedule().schedule(optimizer.learningRate(), run.epochs()),
        engine.precision().replicas());
  }

  /** What replicas of the run are opened with: before and after a switch, and for probes. */
  public Set<Precision> precisions() {
    Set<Precision> precisions = EnumSet.of(engine.precision().replicas());
    for (Phase phase : Phase.values()) {
      precisions.add(precision(phase).replicas());
    }
    return precisions;
  }

  /** Arithmetic of a phase of the run. */
  public TrainingPrecision precision(Phase phase) {
    if (sparsity.policy() != SparsitySettings.PolicyName.EARLY_BIRD) {
      return engine.precision();
    }
    return switch (phase) {
      case SEARCH -> sparsity.earlyBird().searchPrecision();
      case RETRAIN -> sparsity.earlyBird().retrainPrecision();
    };
  }

  /** The policy of the run. */
  public Policy policy() {
    return options().create(recipe());
  }

  /** Settings of the policy. */
  PolicyOptions options() {
    return sparsity.options(optimizer.learningRate());
  }

  /** The network before any policy changes it. */
  public Network denseNetwork() {
    return Networks.named(network.name(), network.classes(), data.imageSize());
  }

  /** The network that the run begins with, and what the policy trains besides. */
  public Network begunNetwork() {
    return options().begun(denseNetwork());
  }
}
