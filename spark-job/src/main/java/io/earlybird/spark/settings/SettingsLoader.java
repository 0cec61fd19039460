package io.earlybird.spark.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueFactory;
import io.earlybird.pruning.policy.IfNoTicket;
import io.earlybird.spark.settings.SparsitySettings.PolicyName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Merges overrides, file and defaults, and reads the record tree out of them. */
final class SettingsLoader {
  private static final String ROOT = "earlybird";
  private static final int MAX_FILE_BYTES = 1 << 20;

  private SettingsLoader() {}

  static Config file(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new ConfigException(
          List.of("--conf " + file + ": no such file; name a HOCON file, for example of conf/"));
    }
    if (file.toFile().length() > MAX_FILE_BYTES) {
      throw new ConfigException(
          List.of("--conf " + file + ": more than " + MAX_FILE_BYTES + " bytes of settings"));
    }
    try {
      return ConfigFactory.parseFile(
          file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
    } catch (com.typesafe.config.ConfigException e) {
      throw new ConfigException(List.of("--conf " + e.getMessage()));
    } catch (StackOverflowError e) {
      // The library has no limit of its own for what is nested.
      throw new ConfigException(List.of("--conf " + file + ": nested too deeply"));
    }
  }

  static Config text(String origin, String text) {
    try {
      return ConfigFactory.parseString(
          text, ConfigParseOptions.defaults().setOriginDescription(origin));
    } catch (com.typesafe.config.ConfigException e) {
      throw new ConfigException(List.of("--conf " + e.getMessage()));
    }
  }

  static Settings load(Config file, List<String> overrides) {
    List<String> problems = new ArrayList<>();
    for (String top : file.root().keySet()) {
      if (!top.equals(ROOT)) {
        problems.add(top + ": unknown; all settings stand under " + ROOT);
      }
    }
    Config merged = overrides(overrides, problems).withFallback(file).withFallback(defaults());
    Source source = new Source(resolved(merged, problems));
    Settings settings = read(source);
    source.requireAllRead();
    problems.addAll(source.problems());
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return settings;
  }

  /** What is read where a policy is chosen and nothing else is said, problems and all. */
  static Source defaultsWith(PolicyName policy) {
    List<String> chosen = List.of("sparsity.policy=" + Section.kebab(policy));
    List<String> problems = new ArrayList<>();
    Source source =
        new Source(resolved(overrides(chosen, problems).withFallback(defaults()), problems));
    read(source);
    return source;
  }

  /** The defaults as they are written, with their comments; references are not resolved. */
  static ConfigObject written() {
    return (ConfigObject) defaults().root().get(ROOT);
  }

  private static Config defaults() {
    return ConfigFactory.parseResources(
        SettingsLoader.class,
        "reference.conf",
        ConfigParseOptions.defaults().setAllowMissing(false));
  }

  private static Config resolved(Config merged, List<String> problems) {
    try {
      Config resolved = merged.resolve();
      return resolved.getConfig(ROOT);
    } catch (com.typesafe.config.ConfigException e) {
      problems.add(e.getMessage());
      throw new ConfigException(problems);
    }
  }

  private static Config overrides(List<String> overrides, List<String> problems) {
    Config config = ConfigFactory.empty();
    for (String override : overrides) {
      int equals = override.indexOf('=');
      if (equals < 1) {
        problems.add("--set " + override + ": must be key=value");
        continue;
      }
      try {
        String path = ROOT + "." + override.substring(0, equals).strip();
        ConfigUtil.splitPath(path);
        config = value(path, override.substring(equals + 1).strip()).withFallback(config);
      } catch (com.typesafe.config.ConfigException e) {
        problems.add("--set " + override + ": " + e.getMessage());
      }
    }
    return config;
  }

  /** Lists, objects and quoted texts are HOCON; everything else is taken as it stands. */
  private static Config value(String path, String text) {
    if (text.startsWith("[") || text.startsWith("{") || text.startsWith("\"")) {
      return ConfigFactory.parseString(path + " = " + text);
    }
    return ConfigFactory.empty().withValue(path, ConfigValueFactory.fromAnyRef(text));
  }

  private static Settings read(Source source) {
    Section root = new Section(source, "");
    OptimizerSettings optimizer = OptimizerSettings.read(root.section("optimizer"));
    SparsitySettings sparsity = SparsitySettings.read(root.section("sparsity"));
    boolean lengthMatters =
        optimizer.schedule().kind().dependsOnEpochs()
            || optimizer.schedule().epochs() > 0
            || !sparsity.policy().mayGrow()
            || (sparsity.policy() == PolicyName.EARLY_BIRD
                && sparsity.earlyBird().ifNoTicket() == IfNoTicket.SWITCH_AT_END);
    RunSettings run =
        RunSettings.read(root.section("run"), lengthMatters ? Effect.IDENTITY : Effect.OPERATIONAL);
    DataSettings data = DataSettings.read(root.section("data"));
    NetworkSettings network = NetworkSettings.read(root.section("network"));
    EngineSettings engine = EngineSettings.read(root.section("engine"));
    AveragingSettings averaging = AveragingSettings.read(root.section("averaging"));
    CheckpointSettings checkpoint = CheckpointSettings.read(root.section("checkpoint"));
    Settings settings =
        new Settings(
            run,
            data,
            network,
            engine,
            optimizer,
            averaging,
            sparsity,
            checkpoint,
            source.settings());
    Contradictions.in(settings).forEach(source::problem);
    if (source.problems().isEmpty()) {
      PolicyFit.problem(settings).ifPresent(source::problem);
    }
    return settings;
  }
}
