package io.earlybird.spark.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads values out of a resolved config, remembers what was read, and collects the problems. */
final class Source {
  private final Config config;
  private final List<String> problems = new ArrayList<>();
  private final TreeMap<String, Setting> settings = new TreeMap<>();
  private final TreeMap<String, Allowed> allowed = new TreeMap<>();

  /**
   * Wraps a config.
   *
   * @param config keys relative to {@code earlybird.}
   */
  Source(Config config) {
    this.config = config;
  }

  void problem(String problem) {
    problems.add(problem);
  }

  List<String> problems() {
    return problems;
  }

  List<Setting> settings() {
    return List.copyOf(settings.values());
  }

  /** What each setting that was read may be, by its key. */
  Map<String, Allowed> allowed() {
    return Map.copyOf(allowed);
  }

  <T> T read(String key, Effect effect, Function<String, T> parse, Allowed range, T otherwise) {
    return readAs(key, effect, parse, range, otherwise, value -> value);
  }

  /**
   * Reads one value.
   *
   * @param parse gives null, or throws NumberFormatException, for what is not allowed
   * @param otherwise what to go on with after a problem
   * @param write the value as a number, boolean or text
   */
  <T> T readAs(
      String key,
      Effect effect,
      Function<String, T> parse,
      Allowed range,
      T otherwise,
      Function<T, Object> write) {
    T value = otherwise;
    if (missing(key)) {
      problem(key + ": missing, " + range.rule());
    } else {
      ConfigValue raw = config.getValue(key);
      T parsed = scalar(raw) ? parseOrNull(parse, raw.unwrapped().toString()) : null;
      if (parsed == null) {
        problem(key + " = " + shown(raw) + ": " + range.rule());
      } else {
        value = parsed;
      }
    }
    allowed.put(key, range);
    settings.put(key, new Setting(key, ConfigValueFactory.fromAnyRef(write.apply(value)), effect));
    return value;
  }

  <T> List<T> readAll(String key, Effect effect, Function<String, T> parse, Allowed range) {
    List<T> values = new ArrayList<>();
    if (missing(key)) {
      problem(key + ": missing, " + range.rule());
    } else {
      ConfigValue raw = config.getValue(key);
      boolean valid = raw.valueType() == ConfigValueType.LIST;
      if (valid) {
        for (ConfigValue entry : config.getList(key)) {
          T parsed = scalar(entry) ? parseOrNull(parse, entry.unwrapped().toString()) : null;
          valid &= parsed != null;
          if (parsed != null) {
            values.add(parsed);
          }
        }
      }
      if (!valid) {
        problem(key + " = " + shown(raw) + ": " + range.rule());
      }
    }
    allowed.put(key, range);
    settings.put(key, new Setting(key, ConfigValueFactory.fromAnyRef(values), effect));
    return List.copyOf(values);
  }

  /** Adds a problem for each key of the config that nobody read. */
  void requireAllRead() {
    Set<String> unknown = new TreeSet<>();
    collect("", config.root(), unknown);
    for (String key : unknown) {
      String near = Spelling.nearest(key, settings.keySet());
      problem(key + ": unknown setting; did you mean " + near + "?");
    }
  }

  private void collect(String prefix, ConfigObject node, Set<String> unknown) {
    node.forEach(
        (name, value) -> {
          String key = prefix + name;
          if (settings.containsKey(key)) {
            return;
          }
          if (value instanceof ConfigObject child && !child.isEmpty()) {
            collect(key + ".", child, unknown);
          } else if (!isSection(key)) {
            unknown.add(key);
          }
        });
  }

  private boolean isSection(String key) {
    return settings.ceilingKey(key + ".") != null
        && settings.ceilingKey(key + ".").startsWith(key + ".");
  }

  private boolean missing(String key) {
    return !config.hasPathOrNull(key) || config.getIsNull(key);
  }

  private static boolean scalar(ConfigValue value) {
    return switch (value.valueType()) {
      case STRING, NUMBER, BOOLEAN -> true;
      case LIST, OBJECT, NULL -> false;
    };
  }

  private static String shown(ConfigValue value) {
    return scalar(value)
        ? value.unwrapped().toString()
        : value.render(ConfigRenderOptions.concise());
  }

  private static <T> T parseOrNull(Function<String, T> parse, String text) {
    try {
      return parse.apply(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
