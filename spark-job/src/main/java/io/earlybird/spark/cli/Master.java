package io.earlybird.spark.cli;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where Spark runs.
 *
 * @param url of the master, for example {@code local[2]}
 */
record Master(String url) {
  private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\d+|\\*)(?:,\\d+)?])?");
  private static final String PROPERTY = "spark.master";

  /** Kinds of cluster. */
  enum Cluster {
    LOCAL,
    STANDALONE,
    YARN,
    K8S
  }

  /**
   * The master that the command line, spark-submit or the kind of cluster names, in this order.
   *
   * @throws RefusedException if the kind of cluster needs an address and there is none
   */
  static Master of(Optional<String> url, Optional<Cluster> cluster) {
    if (url.isPresent()) {
      return new Master(url.get());
    }
    String submitted = System.getProperty(PROPERTY);
    if (submitted != null) {
      return new Master(submitted);
    }
    return switch (cluster.orElse(Cluster.LOCAL)) {
      case LOCAL -> new Master("local[*]");
      case YARN -> new Master("yarn");
      case STANDALONE, K8S ->
          throw new RefusedException(
              "--cluster "
                  + cluster.get().name().toLowerCase(Locale.ROOT)
                  + " needs an address: say --master spark://HOST:PORT or --master"
                  + " k8s://https://HOST:PORT");
    };
  }

  /** Cores, if the driver's own process runs the tasks. */
  OptionalInt localCores() {
    Matcher matcher = LOCAL.matcher(url);
    if (!matcher.matches()) {
      return OptionalInt.empty();
    }
    String cores = matcher.group(1);
    if (cores == null) {
      return OptionalInt.of(1);
    }
    return OptionalInt.of(
        cores.equals("*") ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(cores));
  }
}
