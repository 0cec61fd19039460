package io.earlybird.spark.submit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The settings of Spark that a user gives with {@code --spark}. */
final class SparkOverrides {
  /** What Spark itself hides in its logs and its UI. */
  private static final Pattern SECRET =
      Pattern.compile("(?i)secret|password|passphrase|token|access[.]?key|credential");

  /** Keys with such a word whose value is a path, a name or a number. */
  private static final Pattern HARMLESS =
      Pattern.compile(
          "(?i).*(file|path|bitlength|enabled|interval|ratio|renewal.*)"
              + "|spark\\.kubernetes\\.(driver|executor)\\.(secrets|secretKeyRef)\\..*"
              + "|spark\\.security\\.credentials\\..*");

  private static final Pattern SECRET_OPTION =
      Pattern.compile("-D\\S*(?i:secret|password|passphrase|token|access[.]?key)\\S*=\\S");

  private static final Map<String, String> OTHERWISE =
      Map.of(
          "spark.master", "--master",
          "spark.submit.deployMode", "--deploy-mode",
          "spark.task.cpus", "--set engine.threads=N",
          "spark.speculation", "nothing: a task that runs twice at a time costs and gains nothing");

  private SparkOverrides() {}

  /**
   * Values by key, later ones before earlier ones.
   *
   * @param given {@code key=value} each
   * @throws SubmitRefusedException if one is not of that form, holds a secret, or is said another
   *     way
   */
  static Map<String, String> of(List<String> given) {
    Map<String, String> overrides = new TreeMap<>();
    for (String text : given) {
      int equals = text.indexOf('=');
      if (equals < 1 || !text.startsWith("spark.")) {
        throw new SubmitRefusedException(
            "Invalid --spark "
                + (equals < 1 ? text : text.substring(0, equals))
                + ": must be key=value with a key of Spark, for example"
                + " spark.executor.cores=4");
      }
      String key = text.substring(0, equals).strip();
      String value = text.substring(equals + 1).strip();
      requireAllowed(key, value);
      overrides.put(key, value);
    }
    return overrides;
  }

  private static void requireAllowed(String key, String value) {
    if (holdsSecret(key) || SECRET_OPTION.matcher(value).find()) {
      throw new SubmitRefusedException(
          "Cannot take --spark "
              + key
              + ": everybody on this machine can read a command line; put it into"
              + " spark-defaults.conf of SPARK_CONF_DIR, readable for you alone, or into a"
              + " credential provider");
    }
    if (OTHERWISE.containsKey(key)) {
      throw new SubmitRefusedException(
          "Cannot take --spark " + key + ": say " + OTHERWISE.get(key) + " instead");
    }
    if (key.startsWith("spark.") && value.indexOf('\n') >= 0) {
      throw new SubmitRefusedException("Invalid --spark " + key + ": its value has several lines");
    }
  }

  /** Whether the value of a setting must not be shown. */
  static boolean holdsSecret(String key) {
    return SECRET.matcher(key).find() && !HARMLESS.matcher(key).matches();
  }
}
