package io.earlybird.benchmarks.scaling;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Seconds of a round without engines, fitted on rounds that two executors, the driver and the
 * loopback device of one machine shared.
 *
 * <pre>
 *   send     = a_1 + b_1 S
 *   replicas = a_2 + l_2 tasks + S (b_receive + b_write waves + b_sum G waves)
 *   combine  = a_3 + l_3 tasks + S (b_collect + b_combine tasks)
 *   rest     = a_4 + b_4 S
 * </pre>
 *
 * <p>waves is how many tasks an executor runs one after the other; b_sum counts only where G is 2
 * or more.
 *
 * @param send a_1, b_1
 * @param replicas a_2, l_2, b_receive, b_write, b_sum
 * @param combine a_3, l_3, b_collect, b_combine
 * @param rest a_4, b_4
 */
record CostModel(
    List<Double> send, List<Double> replicas, List<Double> combine, List<Double> rest) {
  private static final double LEAST_SECONDS = 1e-3;

  /** Executors behind the measurements. */
  private static final int MEASURED_EXECUTORS = 2;

  /** Fits the parts one by one. */
  static CostModel fit(List<MeasuredRound> rounds) {
    return new CostModel(
        fit(rounds, CostModel::plain, MeasuredRound::sendSeconds),
        fit(rounds, CostModel::replicaFeatures, MeasuredRound::replicaStageSeconds),
        fit(rounds, CostModel::combineFeatures, MeasuredRound::combineStageSeconds),
        fit(rounds, CostModel::plain, MeasuredRound::restSeconds));
  }

  private static List<Double> fit(
      List<MeasuredRound> rounds,
      Function<MeasuredRound, double[]> features,
      ToDoubleFunction<MeasuredRound> seconds) {
    double[] observed =
        rounds.stream()
            .mapToDouble(round -> Math.max(LEAST_SECONDS, seconds.applyAsDouble(round)))
            .toArray();
    double[] fitted = LeastSquares.fit(rounds.stream().map(features).toList(), observed);
    return Arrays.stream(fitted).boxed().toList();
  }

  private static double[] plain(MeasuredRound round) {
    return new double[] {1, round.stateBytes()};
  }

  private static double[] replicaFeatures(MeasuredRound round) {
    double written = (double) round.stateBytes() * round.waves();
    double summed = round.replicasPerTask() > 1 ? written * round.replicasPerTask() : 0;
    return new double[] {1, round.tasks(), round.stateBytes(), written, summed};
  }

  private static double[] combineFeatures(MeasuredRound round) {
    double arrived = (double) round.stateBytes() * round.tasks();
    return new double[] {1, round.tasks(), round.stateBytes(), arrived};
  }

  /** What the model says of a measured round. */
  double seconds(MeasuredRound round) {
    return product(send, plain(round))
        + product(replicas, replicaFeatures(round))
        + product(combine, combineFeatures(round))
        + product(rest, plain(round));
  }

  private static double product(List<Double> coefficients, double[] features) {
    double sum = 0;
    for (int k = 0; k < features.length; k++) {
      sum += coefficients.get(k) * features[k];
    }
    return sum;
  }

  /**
   * A round of N executors with a processor and a network device each, one replica a task.
   *
   * <p>Every executor receives S, writes S, reads (N - 1) / N of S from others and combines its
   * share of N means; the driver sends the blocks of S at least once and receives S. What crosses
   * the network is added to the work of processors, as if they did not overlap.
   *
   * @param stateBytes S
   * @param bitsPerSecond of each device
   * @param wireFraction bytes of a value in the shuffle, divided by 4
   */
  Projection project(double stateBytes, int executors, double bitsPerSecond, double wireFraction) {
    double transfer = stateBytes * Byte.SIZE / bitsPerSecond;
    double shuffled = transfer * wireFraction * (executors - 1) / executors;
    double latency =
        send.get(0)
            + replicas.get(0)
            + combine.get(0)
            + rest.get(0)
            + (replicas.get(1) + combine.get(1)) * executors;
    double driver = stateBytes * (send.get(1) + combine.get(2) + rest.get(1));
    double executor =
        stateBytes * (replicas.get(2) + replicas.get(3) + MEASURED_EXECUTORS * combine.get(3));
    return new Projection(executors, latency, driver, executor, 2 * transfer + shuffled);
  }
}
