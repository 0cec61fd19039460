package io.earlybird.benchmarks.policies;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.pruning.policy.History;
import io.earlybird.pruning.policy.Policy;
import io.earlybird.pruning.policy.Probe;
import io.earlybird.pruning.policy.TrainingState;
import io.earlybird.spark.settings.Settings;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One policy after one epoch of random values: the decision that it takes then, measured on one
 * thread.
 */
final class PolicyCase {
  private static final long SEED = 1;
  private static final double NANOS = 1e9;

  /** Settings under which the policy works after the first epoch. */
  private static final Map<String, List<String>> WORKING =
      Map.of(
          "imp", List.of("run.epochs=1", "sparsity.imp.retrain-epochs=1"),
          "gmp", List.of("run.epochs=10", "sparsity.gmp.every-epochs=1"));

  private final Policy policy;
  private final Probe probe;
  private final TrainingState begun;

  /** Gradients that are drawn, not measured. */
  private record Drawn() implements Probe {
    @Override
    public Parameters gradients(TrainingState state, int batches) {
      return random(state.parameters(), SEED + 2);
    }

    @Override
    public List<Map<String, float[]>> activations(
        TrainingState state, Set<String> nodes, int batches) {
      throw new UnsupportedOperationException("No policy of this benchmark asks for activations");
    }

    @Override
    public Parameters batchNormStatistics(TrainingState state, int batches) {
      return state.parameters();
    }
  }

  /** A policy by its name in settings, on a network by name. */
  PolicyCase(String name, String network) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "data.train=-",
                "data.validation=-",
                "network.name=" + network,
                "network.classes=" + Networks.named(network).classes(),
                "sparsity.policy=" + name));
    settings.addAll(WORKING.getOrDefault(name, List.of("run.epochs=10")));
    Settings all = Settings.of(settings);
    Network dense = all.denseNetwork();
    this.policy = all.policy();
    this.probe = new Drawn();
    TrainingState initial = TrainingState.initial(dense, Initialization.draw(dense, SEED));
    this.begun = policy.next(initial, History.empty(), probe).state();
  }

  /** Trainable values of the network. */
  int values() {
    return begun.parameters().layout().trainableLength();
  }

  /**
   * Median of some decisions, seconds of one thread.
   *
   * @param warmUps that are not counted
   */
  PolicyRow measure(String name, int warmUps, int laps) {
    double[] cpu = new double[laps];
    double[] wall = new double[laps];
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (int lap = -warmUps; lap < laps; lap++) {
      TrainingState trained = trained();
      long cpuStart = threads.getCurrentThreadCpuTime();
      long wallStart = System.nanoTime();
      policy.next(trained, History.empty(), probe);
      if (lap >= 0) {
        cpu[lap] = (threads.getCurrentThreadCpuTime() - cpuStart) / NANOS;
        wall[lap] = (System.nanoTime() - wallStart) / NANOS;
      }
    }
    return new PolicyRow(name, values(), median(cpu), median(wall), laps);
  }

  /** Policies may change what they are given. */
  private TrainingState trained() {
    Parameters values = random(begun.parameters(), SEED);
    begun.held().zero(values.values());
    return begun.trained(values, random(begun.momentum(), SEED + 1));
  }

  private static Parameters random(Parameters like, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[like.values().length];
    for (int i = 0; i < like.layout().trainableLength(); i++) {
      values[i] = (float) (random.nextDouble() + random.nextDouble() - 1);
    }
    return new Parameters(like.layout(), values);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
