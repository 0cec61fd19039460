package io.earlybird.spark.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is compared: entries on one data set and network, each trained once for each seed.
 *
 * <p>A file of a comparison holds the settings that all runs share under {@code earlybird}, and
 * under {@code compare} what differs:
 *
 * <pre>
 * compare {
 *   name = demo                  # of the comparison
 *   directory = ""               # URI; "" means comparisons/NAME
 *   seeds = [1, 2]
 *   baseline = dense             # entry that speeds are compared with
 *   entries = [                  # a name each, and settings whose keys are relative to earlybird
 *     { name = dense, sparsity.policy = dense }
 *     { name = imp, sparsity.policy = imp, run.epochs = 8 }
 *   ]
 * }
 * </pre>
 *
 * @param name of the comparison
 * @param directory URI that receives everything
 * @param baseline name of the entry that speeds are compared with
 * @param entries in the order of the file
 */
public record ComparisonSettings(
    String name, String directory, String baseline, List<Entry> entries) {
  public ComparisonSettings {
    entries = List.copyOf(entries);
  }

  /**
   * Runs that differ in their seed only.
   *
   * @param name of the entry
   * @param runs one for each seed
   */
  public record Entry(String name, List<Run> runs) {
    public Entry {
      runs = List.copyOf(runs);
    }
  }

  /**
   * One run.
   *
   * @param entry name of its entry
   * @param settings of the run, in a directory below that of the comparison
   */
  public record Run(String entry, Settings settings) {
    /** Seed of everything that the run draws. */
    public long seed() {
      return settings.run().seed();
    }

    /** Name of its directory, for example {@code dense-seed-1}. */
    public String directoryName() {
      return directoryName(entry, seed());
    }

    static String directoryName(String entry, long seed) {
      return entry + "-seed-" + seed;
    }
  }

  /**
   * Reads a file of a comparison.
   *
   * @param overrides {@code key=value} each, as in {@link Settings#load}; they win in all entries.
   *     Keys that begin with {@code compare.} are those of the comparison
   * @throws ConfigException with all problems that were found
   */
  public static ComparisonSettings load(Path file, List<String> overrides) {
    return new ComparisonLoader(SettingsLoader.file(file), overrides).load();
  }

  /**
   * Reads a comparison that was in a file.
   *
   * @param origin of the text, for messages
   * @param text HOCON
   * @param overrides as in {@link #load}
   * @throws ConfigException with all problems that were found
   */
  public static ComparisonSettings parse(String origin, String text, List<String> overrides) {
    return new ComparisonLoader(SettingsLoader.text(origin, text), overrides).load();
  }

  /** All runs, the seeds of an entry one after the other. */
  public List<Run> runs() {
    return entries.stream().flatMap(entry -> entry.runs().stream()).toList();
  }

  /** Settings that all runs have to share, as far as they do not. */
  static List<String> notShared(List<Run> runs) {
    Set<String> shared =
        Set.of(
            "data.train",
            "data.validation",
            "data.image-size",
            "network.name",
            "network.classes",
            "engine.threads");
    Set<String> problems = new TreeSet<>();
    Settings first = runs.get(0).settings();
    for (Run run : runs) {
      for (int i = 0; i < first.all().size(); i++) {
        Setting own = run.settings().all().get(i);
        if (shared.contains(own.key()) && !own.equals(first.all().get(i))) {
          problems.add(
              "compare.entries, %s: %s = %s, but %s in %s; all runs share data, network and threads"
                  .formatted(
                      run.entry(),
                      own.key(),
                      own.text(),
                      first.all().get(i).text(),
                      runs.get(0).entry()));
        }
      }
    }
    return List.copyOf(problems);
  }
}
