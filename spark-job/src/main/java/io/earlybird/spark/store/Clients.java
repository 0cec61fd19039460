package io.earlybird.spark.store;

import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * Configuration of Hadoop's clients that fails within seconds where no server answers.
 *
 * <p>Hadoop's defaults try a silent name node for up to 15 minutes. What the user has configured is
 * left alone.
 */
public final class Clients {
  private static final String SPARK_PREFIX = "spark.hadoop.";

  private static final Map<String, String> PROMPT =
      Map.of(
          "ipc.client.connect.timeout", "5000",
          "ipc.client.connect.max.retries", "3",
          "ipc.client.connect.max.retries.on.timeouts", "2",
          "ipc.client.connect.retry.interval", "500",
          "dfs.client.failover.max.attempts", "8",
          "dfs.client.failover.sleep.max.millis", "4000",
          "fs.s3a.connection.establish.timeout", "5000",
          "fs.s3a.attempts.maximum", "5");

  private Clients() {}

  /** Hadoop's configuration on the class path, with {@code spark.hadoop.*} system properties. */
  public static Configuration configuration() {
    Configuration configuration = new Configuration();
    System.getProperties()
        .forEach(
            (key, value) -> {
              if (key.toString().startsWith(SPARK_PREFIX)) {
                configuration.set(
                    key.toString().substring(SPARK_PREFIX.length()), value.toString());
              }
            });
    return prompt(configuration);
  }

  /** A copy that gives up early, except where the user said otherwise. */
  public static Configuration prompt(Configuration configuration) {
    Configuration prompt = new Configuration(configuration);
    PROMPT.forEach(
        (key, value) -> {
          if (isDefault(configuration, key)) {
            prompt.set(key, value, "earlybird");
          }
        });
    return prompt;
  }

  /** The settings that make clients give up early, for those that Spark configures. */
  public static Map<String, String> promptProperties() {
    Configuration configuration = configuration();
    Map<String, String> properties = new TreeMap<>();
    PROMPT.keySet().forEach(key -> properties.put(key, configuration.get(key)));
    return properties;
  }

  private static boolean isDefault(Configuration configuration, String key) {
    String[] sources = configuration.getPropertySources(key);
    return sources == null
        || sources.length == 0
        || sources[sources.length - 1].endsWith("-default.xml");
  }
}
