package io.earlybird.benchmarks.scaling;

/**
 * Overhead of a round on a cluster, in seconds.
 *
 * @param executors N
 * @param latency scheduling and messages
 * @param driver work of the driver's processor on the state
 * @param executor work of an executor's processor on the state
 * @param network time of the state on the network
 */
record Projection(int executors, double latency, double driver, double executor, double network) {
  /** All of it. */
  double seconds() {
    return latency + driver + executor + network;
  }

  /**
   * Least H with which the overhead is at most that part of a round.
   *
   * @param share in (0, 1)
   * @param stepSeconds of one local step
   */
  long steps(double share, double stepSeconds) {
    return (long) Math.ceil(seconds() * (1 - share) / share / stepSeconds);
  }
}
