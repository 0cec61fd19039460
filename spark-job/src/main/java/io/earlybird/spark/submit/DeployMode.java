package io.earlybird.spark.submit;

/** Where the driver runs: in the process of the launcher, or on the cluster. */
enum DeployMode {
  CLIENT,
  CLUSTER
}
