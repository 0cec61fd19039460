package io.earlybird.spark.settings;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import io.earlybird.spark.settings.SparsitySettings.PolicyName;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Every setting with type, range, default and meaning, a table for each section, in the order of
 * {@code reference.conf}.
 *
 * <p>Types and ranges are those that the settings are read with; defaults and meanings, which are
 * comments, are those of {@code reference.conf}. So a new setting is on the page by itself.
 */
public final class SettingsPage {
  private static final String HEAD =
      """
      # Settings

      <!-- Written by submit/earlybird settings; do not edit. Meanings are comments of reference.conf. -->

      All settings of a run, as HOCON under `earlybird { ... }` in the file of `train --conf FILE`, or as `--set KEY=VALUE`, which wins over the file. Unknown keys, and values that are
      out of range or do not fit together, are refused before anything runs, all at once; `train --dry-run` checks no less. Settings that change the result are the *identity* of a run: a run directory that was made
      with others is refused. Those of a policy do so where it is chosen. The others may change from one start to the next. `config.json` in the run directory holds all of them.

      """;

  private final Map<String, Allowed> allowed;
  private final Set<String> identity;
  private final StringBuilder page = new StringBuilder(HEAD);

  private SettingsPage(Map<String, Allowed> allowed, Set<String> identity) {
    this.allowed = allowed;
    this.identity = identity;
  }

  /** The page as Markdown: {@code docs/settings.md}. */
  public static String markdown() {
    Map<String, Allowed> allowed = new TreeMap<>();
    Set<String> identity = new TreeSet<>();
    for (PolicyName policy : PolicyName.values()) {
      Source source = SettingsLoader.defaultsWith(policy);
      allowed.putAll(source.allowed());
      source.settings().stream()
          .filter(setting -> setting.effect() == Effect.IDENTITY)
          .map(Setting::key)
          .forEach(identity::add);
    }
    SettingsPage written = new SettingsPage(allowed, identity);
    inOrder(SettingsLoader.written())
        .forEach(entry -> written.section(entry.getKey(), (ConfigObject) entry.getValue()));
    return written.page.toString();
  }

  private void section(String key, ConfigObject section) {
    page.append("## ").append(key).append("\n\n");
    String meaning = comment(section);
    if (!meaning.isEmpty()) {
      page.append(text(meaning)).append("\n\n");
    }
    List<Map.Entry<String, ConfigValue>> entries = inOrder(section);
    if (entries.stream().anyMatch(entry -> !(entry.getValue() instanceof ConfigObject))) {
      page.append("| key | type | range | default | changes the result | meaning |\n");
      page.append("|---|---|---|---|---|---|\n");
      entries.stream()
          .filter(entry -> !(entry.getValue() instanceof ConfigObject))
          .forEach(entry -> row(key + "." + entry.getKey(), entry.getValue()));
      page.append('\n');
    }
    entries.stream()
        .filter(entry -> entry.getValue() instanceof ConfigObject)
        .forEach(entry -> section(key + "." + entry.getKey(), (ConfigObject) entry.getValue()));
  }

  private void row(String key, ConfigValue value) {
    Allowed may = allowed.get(key);
    if (may == null) {
      throw new IllegalStateException("Cannot describe " + key + ": no settings are read from it");
    }
    boolean choice = may.type().equals("one of");
    String range = choice ? choices(may.range()) : may.range();
    String meaning = comment(value);
    page.append(
        "| `%s` | %s | %s | %s | %s | %s |\n"
            .formatted(
                key,
                may.type(),
                range,
                shown(value),
                identity.contains(key) ? "yes" : "no",
                text(choice ? withoutChoices(meaning) : meaning).replace("|", "\\|")));
  }

  private static String choices(String range) {
    return Arrays.stream(range.split(", ", -1))
        .map(choice -> "`" + choice + "`")
        .collect(Collectors.joining(", "));
  }

  /** The file names the other choices behind the chosen one; the page has them in a column. */
  private static String withoutChoices(String meaning) {
    return meaning.replaceFirst("; or [a-z0-9-]+(, [a-z0-9-]+)*$", "");
  }

  private static String shown(ConfigValue value) {
    String text = value.render(ConfigRenderOptions.concise());
    if (text.equals("null")) {
      return "none: must be set";
    }
    if (text.startsWith("${earlybird.")) {
      return "that of `" + text.substring("${earlybird.".length(), text.length() - 1) + "`";
    }
    if (text.startsWith("[") || text.equals("\"\"")) {
      return "`" + text + "`";
    }
    return "`" + value.atKey("as it is written").getString("\"as it is written\"") + "`";
  }

  private static String comment(ConfigValue value) {
    return value.origin().comments().stream().map(String::strip).collect(Collectors.joining(" "));
  }

  /** A comment as Markdown: nothing in it is markup. */
  private static String text(String comment) {
    return comment.replace("<", "&lt;").replace("*", "\\*");
  }

  private static List<Map.Entry<String, ConfigValue>> inOrder(ConfigObject section) {
    return section.entrySet().stream()
        .sorted(Comparator.comparingInt(entry -> entry.getValue().origin().lineNumber()))
        .toList();
  }
}
