package io.earlybird.spark.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.earlybird.spark.settings.ComparisonSettings.Entry;
import io.earlybird.spark.settings.ComparisonSettings.Run;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the section {@code compare} of a file and makes the settings of each run. */
final class ComparisonLoader {
  private static final String SECTION = "compare";
  private static final String ROOT = "earlybird";
  private static final String NAME = "name";
  private static final String NAMES = "[A-Za-z0-9][A-Za-z0-9._-]*";
  private static final Set<String> KEYS = Set.of(NAME, "directory", "seeds", "baseline", "entries");

  /** What the comparison itself gives to each run. */
  private static final List<String> OWN = List.of("run.name", "run.directory", "run.seed");

  private final Config file;
  private final List<String> ofRuns;
  private final List<String> ofComparison;
  private final List<String> problems = new ArrayList<>();

  ComparisonLoader(Config file, List<String> overrides) {
    this.file = file;
    this.ofRuns = overrides.stream().filter(text -> !text.startsWith(SECTION + ".")).toList();
    this.ofComparison = overrides.stream().filter(text -> text.startsWith(SECTION + ".")).toList();
  }

  ComparisonSettings load() {
    if (!file.hasPath(SECTION)) {
      throw new ConfigException(
          List.of(
              SECTION
                  + ": missing; a comparison names its entries there, see conf/compare-demo.conf"));
    }
    Config compare = section();
    compare.root().keySet().stream()
        .filter(key -> !KEYS.contains(key))
        .sorted()
        .forEach(
            key ->
                problems.add(SECTION + "." + key + ": unknown; known are " + new TreeSet<>(KEYS)));
    for (String own : OWN) {
      if (ofRuns.stream().anyMatch(override -> override.startsWith(own + "="))) {
        problems.add("--set " + own + ": is given by the comparison");
      }
    }
    String name = text(compare, NAME, "");
    requireName(SECTION + "." + NAME, name);
    String said = text(compare, "directory", "");
    String directory = said.isEmpty() ? "comparisons/" + name : said;
    List<Long> seeds = seeds(compare);
    List<Entry> entries = entries(compare, directory, seeds);
    String baseline = text(compare, "baseline", entries.isEmpty() ? "" : entries.get(0).name());
    if (entries.stream().noneMatch(entry -> entry.name().equals(baseline))) {
      problems.add(SECTION + ".baseline = " + baseline + ": must be the name of an entry");
    }
    ComparisonSettings comparison = new ComparisonSettings(name, directory, baseline, entries);
    if (problems.isEmpty()) {
      problems.addAll(ComparisonSettings.notShared(comparison.runs()));
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return comparison;
  }

  private Config section() {
    try {
      Config merged = file;
      for (String override : ofComparison) {
        merged = ConfigFactory.parseString(override).withFallback(merged);
      }
      return merged
          .resolve(ConfigResolveOptions.defaults().setAllowUnresolved(true))
          .getConfig(SECTION);
    } catch (com.typesafe.config.ConfigException e) {
      throw new ConfigException(List.of(SECTION + ": " + e.getMessage()));
    }
  }

  private String text(Config compare, String key, String otherwise) {
    try {
      return compare.hasPath(key) ? compare.getString(key).strip() : otherwise;
    } catch (com.typesafe.config.ConfigException e) {
      problems.add(SECTION + "." + key + ": must be a text");
      return otherwise;
    }
  }

  private void requireName(String key, String name) {
    if (!name.matches(NAMES)) {
      problems.add(key + " = " + name + ": must be a name of letters, digits, ., _ and -");
    }
  }

  private List<Long> seeds(Config compare) {
    String key = SECTION + ".seeds";
    try {
      List<Long> seeds = compare.hasPath("seeds") ? compare.getLongList("seeds") : List.of();
      if (seeds.isEmpty()) {
        problems.add(key + ": has no seed; name one or more, two for a deviation");
      }
      if (new HashSet<>(seeds).size() < seeds.size()) {
        problems.add(key + " = " + seeds + ": one occurs twice");
      }
      return List.copyOf(seeds);
    } catch (com.typesafe.config.ConfigException e) {
      problems.add(key + ": must be a list of whole numbers");
      return List.of();
    }
  }

  private List<Entry> entries(Config compare, String directory, List<Long> seeds) {
    List<ConfigValue> listed = listed(compare);
    List<Entry> entries = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < listed.size(); i++) {
      String key = SECTION + ".entries[" + i + "]";
      if (!(listed.get(i) instanceof ConfigObject entry)) {
        problems.add(key + ": must be an object with a name and settings");
        continue;
      }
      String name = text(entry.toConfig(), NAME, "");
      requireName(key + ".name", name);
      if (!names.add(name)) {
        problems.add(key + ".name = " + name + ": occurs twice; each entry needs its own");
      }
      entries.add(entry(name, entry.toConfig().withoutPath(NAME), directory, seeds));
    }
    return entries;
  }

  private List<ConfigValue> listed(Config compare) {
    try {
      List<ConfigValue> listed =
          compare.hasPath("entries") ? compare.getList("entries") : List.of();
      if (listed.isEmpty()) {
        problems.add(SECTION + ".entries: has no entry; give each a name and its settings");
      }
      return List.copyOf(listed);
    } catch (com.typesafe.config.ConfigException e) {
      problems.add(SECTION + ".entries: must be a list: " + e.getMessage());
      return List.of();
    }
  }

  private Entry entry(String name, Config settings, String directory, List<Long> seeds) {
    for (String own : OWN) {
      if (settings.hasPath(own)) {
        problems.add(SECTION + ".entries, " + name + ": " + own + " is given by the comparison");
      }
    }
    List<Run> runs = new ArrayList<>();
    for (long seed : seeds) {
      try {
        runs.add(new Run(name, settings(name, settings, directory, seed)));
      } catch (ConfigException e) {
        // the seeds of an entry have the same problems
        e.problems()
            .forEach(problem -> problems.add(SECTION + ".entries, " + name + ": " + problem));
        break;
      }
    }
    return new Entry(name, runs);
  }

  private Settings settings(String name, Config own, String directory, long seed) {
    String place = directory + "/runs/" + Run.directoryName(name, seed);
    Config given =
        ConfigFactory.empty()
            .withValue(
                ROOT + ".run",
                ConfigValueFactory.fromMap(Map.of("name", name, "directory", place, "seed", seed)));
    return SettingsLoader.load(
        given.withFallback(own.atPath(ROOT)).withFallback(file.withoutPath(SECTION)), ofRuns);
  }
}
