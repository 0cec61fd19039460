package io.earlybird.spark.submit;

import java.util.Locale;

/** Kinds of cluster; each has a preset in {@code conf/spark}. */
public enum ClusterKind {
  /** Driver and executors on this machine: {@code local[N]} and {@code local-cluster[N,C,M]}. */
  LOCAL,
  /** Spark's own masters and workers. */
  STANDALONE,
  YARN,
  /** Kubernetes. */
  K8S;

  /**
   * The kind that the URL of a master tells.
   *
   * @throws SubmitRefusedException if it is not a URL of a master
   */
  static ClusterKind of(String url) {
    if (url.equals("yarn")) {
      return YARN;
    }
    if (url.startsWith("spark://")) {
      return STANDALONE;
    }
    if (url.startsWith("k8s://")) {
      return K8S;
    }
    if (url.matches("local(\\[.*]|-cluster\\[.*])?")) {
      return LOCAL;
    }
    throw new SubmitRefusedException(
        "Invalid --master "
            + url
            + ": say local[N], local-cluster[N,C,M], spark://HOST:PORT, yarn or"
            + " k8s://https://HOST:PORT");
  }

  /** As the command line spells it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
