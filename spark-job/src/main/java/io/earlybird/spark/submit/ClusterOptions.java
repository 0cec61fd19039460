package io.earlybird.spark.submit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of the commands that run on Spark; the launcher has acted on most of them already. */
public final class ClusterOptions {
  @Option(
      names = "--cluster",
      paramLabel = "KIND",
      description = "local, standalone, yarn or k8s (default: what --master tells, else local).")
  private ClusterKind cluster;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description =
          "Spark master: local[N], local-cluster[N,C,M], spark://HOST:PORT, yarn or"
              + " k8s://https://HOST:PORT.")
  private String master;

  @Option(
      names = "--deploy-mode",
      paramLabel = "MODE",
      description = "client (default): the driver runs here; cluster: on the cluster.")
  private DeployMode deployMode;

  @Option(
      names = "--spark",
      paramLabel = "KEY=VALUE",
      description =
          "Overrides a setting of Spark, as spark.executor.cores=4. May be repeated. Not for"
              + " passwords and keys: put those into spark-defaults.conf.")
  private List<String> spark = new ArrayList<>();

  /**
   * The master of these options.
   *
   * @throws SubmitRefusedException if they name none that can be used
   */
  public Master master() {
    return Master.of(Optional.ofNullable(master), kind());
  }

  Optional<ClusterKind> kind() {
    return Optional.ofNullable(cluster);
  }

  DeployMode deployMode() {
    return deployMode == null ? DeployMode.CLIENT : deployMode;
  }

  List<String> spark() {
    return List.copyOf(spark);
  }
}
