package io.earlybird.engine.dl4j;

import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import io.earlybird.model.network.TensorSpec;
import io.earlybird.model.network.TensorSpec.Role;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The flat vectors of a graph, parameters and gradients, and where in them each tensor of the
 * network lies.
 *
 * <p>Both hold every tensor in C order, so that a tensor moves as one block; only the order of the
 * tensors differs from {@link ParameterLayout}.
 */
final class FlatParameters {
  /**
   * Place of one tensor.
   *
   * @param entry place in the layout of the network
   * @param flatOffset place in the flat vectors of the graph
   */
  record Segment(ParameterLayout.Entry entry, int flatOffset) {
    int length() {
      return entry.length();
    }

    Role role() {
      return entry.spec().role();
    }
  }

  private final ParameterLayout layout;
  private final List<Segment> segments = new ArrayList<>();
  private final INDArray values;
  private final INDArray gradients;
  private long version;

  FlatParameters(Network network, ComputationGraph graph, INDArray gradients) {
    layout = ParameterLayout.of(network);
    values = graph.params();
    this.gradients = gradients;
    long start = HostMemory.address(values);
    for (Node node : network.nodes()) {
      for (TensorSpec spec : node.tensors(network.inputShapes(node))) {
        INDArray view = graph.getLayer(node.name()).getParam(key(spec.role()));
        long offset = (HostMemory.address(view) - start) / Float.BYTES;
        segments.add(new Segment(layout.entry(spec.name()), Math.toIntExact(offset)));
      }
    }
  }

  private static String key(Role role) {
    return switch (role) {
      case WEIGHT -> DefaultParamInitializer.WEIGHT_KEY;
      case BIAS -> DefaultParamInitializer.BIAS_KEY;
      case GAMMA -> BatchNormalizationParamInitializer.GAMMA;
      case BETA -> BatchNormalizationParamInitializer.BETA;
      case RUNNING_MEAN -> BatchNormalizationParamInitializer.GLOBAL_MEAN;
      case RUNNING_VARIANCE -> BatchNormalizationParamInitializer.GLOBAL_VAR;
    };
  }

  ParameterLayout layout() {
    return layout;
  }

  List<Segment> segments() {
    return segments;
  }

  /** All parameters of the graph, in its own order; say {@link #valuesChanged} after a change. */
  FloatBuffer values() {
    return HostMemory.of(values);
  }

  /** Makes the graph see what was written into {@link #values}. */
  void valuesChanged() {
    version++;
    HostMemory.changed(values);
  }

  /** A number that grows with every change of values. */
  long version() {
    return version;
  }

  /** All gradients of the graph, in the order of {@link #values}. */
  FloatBuffer gradients() {
    return HostMemory.of(gradients);
  }

  /** Copies values into the graph. */
  void load(Parameters from) {
    requireLayout(from);
    FloatBuffer target = values();
    for (Segment segment : segments) {
      target.put(segment.flatOffset(), from.values(), segment.entry().offset(), segment.length());
    }
    valuesChanged();
  }

  /** Copies values out of the graph. */
  void read(Parameters into) {
    requireLayout(into);
    FloatBuffer source = values();
    for (Segment segment : segments) {
      source.get(segment.flatOffset(), into.values(), segment.entry().offset(), segment.length());
    }
  }

  /** Copies the gradients of trainable tensors; entries of running statistics become 0. */
  void readGradients(Parameters into) {
    requireLayout(into);
    Arrays.fill(into.values(), layout.trainableLength(), layout.length(), 0);
    FloatBuffer source = gradients();
    for (Segment segment : segments) {
      if (segment.role().trainable()) {
        source.get(segment.flatOffset(), into.values(), segment.entry().offset(), segment.length());
      }
    }
  }

  /** Fails unless the values have the layout of the network. */
  void requireLayout(Parameters parameters) {
    if (!parameters.layout().equals(layout)) {
      throw new IllegalArgumentException(
          "Invalid parameters: "
              + parameters.layout().length()
              + " values in a layout that is not the network's, which has "
              + layout.length());
    }
  }
}
