package io.earlybird.spark.submit;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where Spark runs.
 *
 * @param url of the master, for example {@code local[2]}
 */
public record Master(String url) {
  private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\d+|\\*)(?:,\\d+)?])?");
  private static final Pattern LOCAL_CLUSTER =
      Pattern.compile("local-cluster\\[\\s*(\\d+)\\s*,\\s*(\\d+)\\s*,\\s*(\\d+)\\s*]");
  private static final String PROPERTY = "spark.master";
  private static final long MEBI = 1 << 20;

  /**
   * The master that the command line, spark-submit or the kind of cluster names, in this order.
   *
   * @throws SubmitRefusedException if the kind of cluster needs an address and there is none, or
   *     the address is one of another kind
   */
  public static Master of(Optional<String> url, Optional<ClusterKind> cluster) {
    return of(url, cluster, Optional.ofNullable(System.getProperty(PROPERTY)));
  }

  static Master of(
      Optional<String> url, Optional<ClusterKind> cluster, Optional<String> submitted) {
    Optional<String> named = url.isPresent() ? url : submitted;
    if (named.isEmpty()) {
      return new Master(defaultUrl(cluster.orElse(ClusterKind.LOCAL)));
    }
    ClusterKind kind = ClusterKind.of(named.get());
    if (cluster.isPresent() && cluster.get() != kind) {
      throw new SubmitRefusedException(
          "Cannot use --master "
              + named.get()
              + " with --cluster "
              + cluster.get().label()
              + ": it is a master of the kind "
              + kind.label());
    }
    return new Master(named.get());
  }

  private static String defaultUrl(ClusterKind kind) {
    return switch (kind) {
      case LOCAL -> "local[*]";
      case YARN -> "yarn";
      case STANDALONE ->
          throw new SubmitRefusedException(
              "--cluster standalone needs an address: say --master spark://HOST:PORT");
      case K8S ->
          throw new SubmitRefusedException(
              "--cluster k8s needs an address: say --master k8s://https://HOST:PORT");
    };
  }

  /** What kind of cluster it is a master of. */
  public ClusterKind kind() {
    return ClusterKind.of(url);
  }

  /** Cores, if the driver's own process runs the tasks. */
  public OptionalInt localCores() {
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

  /** Cores of each executor that the URL itself fixes: the C of {@code local-cluster[N,C,M]}. */
  OptionalInt executorCores() {
    Matcher matcher = LOCAL_CLUSTER.matcher(url);
    return matcher.matches()
        ? OptionalInt.of(Integer.parseInt(matcher.group(2)))
        : OptionalInt.empty();
  }

  /** Bytes of heap of each executor that the URL itself fixes: the M, which is in MiB. */
  OptionalLong executorHeap() {
    Matcher matcher = LOCAL_CLUSTER.matcher(url);
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(3)) * MEBI)
        : OptionalLong.empty();
  }

  /** Whether all processes can talk to each other by the loopback address. */
  boolean onLoopback() {
    return here() || url.matches("spark://(127\\.[0-9.]*|localhost):.*");
  }

  /** Whether driver and executors are on this machine. */
  boolean here() {
    return kind() == ClusterKind.LOCAL;
  }
}
