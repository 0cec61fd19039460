package io.earlybird.benchmarks.engines;

import io.earlybird.benchmarks.contest.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One network at one batch size on so many threads.
 *
 * @param network by name, at the image size of its data set
 * @param batchSize images of a step
 * @param threads of one step
 */
record EngineCase(String network, int batchSize, int threads) {
  /** Networks with their batch sizes, in the order of the table. */
  private static final Map<String, List<Integer>> STANDARD =
      Map.of(
          "resnet50", List.of(8, 4, 16),
          "resnet18-cifar", List.of(32, 128),
          "preresnet-101", List.of(32),
          "vgg16-cifar", List.of(32));

  /** Names of the networks that are measured if nothing else is asked for. */
  static List<String> standardNetworks() {
    return List.of("resnet50", "resnet18-cifar", "preresnet-101", "vgg16-cifar");
  }

  /**
   * All cases.
   *
   * @param batches the batch sizes of every network; empty for those of the table
   * @throws IllegalArgumentException if a network has no batch sizes in the table and none are
   *     given
   */
  static List<EngineCase> all(List<String> networks, List<Integer> batches, List<Integer> threads) {
    List<EngineCase> cases = new ArrayList<>();
    for (int number : threads) {
      for (String network : networks) {
        for (int batch : batches.isEmpty() ? standardBatches(network) : batches) {
          cases.add(new EngineCase(network, batch, number));
        }
      }
    }
    return cases;
  }

  /** The cases that the budgets are about. */
  static List<EngineCase> budgets() {
    return List.of(new EngineCase("resnet50", 8, 2), new EngineCase("resnet18-cifar", 32, 2));
  }

  private static List<Integer> standardBatches(String network) {
    List<Integer> batches = STANDARD.get(network);
    if (batches == null) {
      throw new IllegalArgumentException(
          "No batch sizes are known for " + network + ": give them with --batches");
    }
    return batches;
  }

  /** Whether it is the first of its network in the table: stock layers run those alone. */
  boolean first() {
    return !STANDARD.containsKey(network) || STANDARD.get(network).get(0) == batchSize;
  }

  Subject subject() {
    return Subject.dense(network);
  }

  @Override
  public String toString() {
    return network + ", batch " + batchSize + ", " + threads + " threads";
  }
}
