package io.earlybird.spark.initial;

import io.earlybird.model.file.Dtype;
import io.earlybird.model.file.TensorHeader;
import io.earlybird.model.json.StrictJson;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.ParameterLayout;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the tensors of a file differ from those of a network.
 *
 * @param missing tensors of the network that the file lacks
 * @param unknown tensors of the file that the network lacks
 * @param different those of another shape or type, by name, in words
 */
record TensorFit(List<String> missing, List<String> unknown, Map<String, String> different) {
  private static final int NAMED = 5;
  private static final Set<Dtype> READ = EnumSet.of(Dtype.F32, Dtype.F16, Dtype.BF16);

  static TensorFit of(List<TensorHeader> found, ParameterLayout layout, Set<String> omitted) {
    List<String> unknown = new ArrayList<>();
    Map<String, String> different = new LinkedHashMap<>();
    Set<String> names = new HashSet<>(omitted);
    for (TensorHeader tensor : found) {
      String name = tensor.name();
      names.add(name);
      if (omitted.contains(name) || name.endsWith(".num_batches_tracked")) {
        continue;
      }
      if (!layout.has(name)) {
        unknown.add(StrictJson.shown(name));
        continue;
      }
      List<Integer> shape = layout.entry(name).spec().shape();
      if (!tensor.shape().equals(shape)) {
        different.put(name, name + " is " + tensor.shape() + ", must be " + shape);
      } else if (!READ.contains(tensor.dtype())) {
        different.put(name, name + " is " + tensor.dtype() + ", must be one of " + READ);
      }
    }
    List<String> missing =
        layout.entries().stream()
            .map(ParameterLayout.Entry::name)
            .filter(name -> !names.contains(name))
            .toList();
    return new TensorFit(missing, unknown, different);
  }

  /**
   * Fails unless the file fits.
   *
   * @param classifier names of the tensors that depend on the number of classes
   * @throws IllegalArgumentException what differs and what to do
   */
  void requireFits(Network network, Set<String> classifier) {
    List<String> problems = new ArrayList<>();
    add(problems, "missing", missing);
    add(problems, "not of the network", unknown);
    add(problems, "different", List.copyOf(different.values()));
    if (problems.isEmpty()) {
      return;
    }
    boolean classifierOnly =
        missing.isEmpty() && unknown.isEmpty() && classifier.containsAll(different.keySet());
    throw new IllegalArgumentException(
        "its tensors are not those of "
            + network.name()
            + " with "
            + network.classes()
            + " classes: "
            + String.join("; ", problems)
            + (classifierOnly
                ? "; set network.initial-classifier=drawn to take everything but the classifier"
                    + " from it, or network.classes to the classes of the file"
                : "; name a file for this network.name, with the names that torchvision gives"));
  }

  private static void add(List<String> problems, String what, List<String> tensors) {
    if (!tensors.isEmpty()) {
      int more = tensors.size() - NAMED;
      problems.add(
          what
              + ": "
              + String.join(", ", tensors.subList(0, Math.min(NAMED, tensors.size())))
              + (more > 0 ? " and " + more + " more" : ""));
    }
  }
}
