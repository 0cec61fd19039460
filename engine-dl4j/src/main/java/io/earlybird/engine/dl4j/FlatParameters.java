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
 * <p>Both hold every tensor in C order, at its {@link Segment}; the order of the tensors differs
 * from {@link ParameterLayout}.
 */
final class FlatParameters {
  private final ParameterLayout layout;
  private final List<Segment> segments = new ArrayList<>();
  private final INDArray values;
  private final INDArray gradients;
  private long version;

  FlatParameters(Widths widths, ComputationGraph graph, INDArray gradients) {
    this(widths, graph, graph.params(), gradients);
  }

  /**
   * Looks at the vectors of a graph.
   *
   * @param values parameters of the graph; auxiliary tensors of the network lie behind them
   * @param gradients their gradients, in the same order
   */
  FlatParameters(Widths widths, ComputationGraph graph, INDArray values, INDArray gradients) {
    Network network = widths.network();
    layout = ParameterLayout.of(network);
    this.values = values;
    this.gradients = gradients;
    long start = HostMemory.address(values);
    for (Node node : network.nodes()) {
      for (TensorSpec spec : node.tensors(network.inputShapes(node))) {
        INDArray view = graph.getLayer(node.name()).getParam(key(spec.role()));
        long offset = (HostMemory.address(view) - start) / Float.BYTES;
        int input = spec.role() == Role.WEIGHT ? widths.ofInput(node) : 0;
        segments.add(segment(layout.entry(spec.name()), Math.toIntExact(offset), input));
      }
    }
    int behind = Math.toIntExact(graph.params().length());
    for (ParameterLayout.Entry entry : layout.entries(Role.AUXILIARY)) {
      segments.add(new Segment(entry, behind, entry.length(), entry.length()));
      behind += entry.length();
    }
  }

  /** A row of weights [O, I, ...] is what belongs to one of O; vectors are one row. */
  private static Segment segment(ParameterLayout.Entry entry, int offset, int inputChannels) {
    TensorSpec spec = entry.spec();
    if (spec.role() != Role.WEIGHT || spec.extent(1) == inputChannels) {
      return new Segment(entry, offset, entry.length(), entry.length());
    }
    int row = entry.length() / spec.extent(0);
    return new Segment(entry, offset, row, row / spec.extent(1) * inputChannels);
  }

  private static String key(Role role) {
    return switch (role) {
      case WEIGHT -> DefaultParamInitializer.WEIGHT_KEY;
      case BIAS -> DefaultParamInitializer.BIAS_KEY;
      case GAMMA -> BatchNormalizationParamInitializer.GAMMA;
      case BETA -> BatchNormalizationParamInitializer.BETA;
      case RUNNING_MEAN -> BatchNormalizationParamInitializer.GLOBAL_MEAN;
      case RUNNING_VARIANCE -> BatchNormalizationParamInitializer.GLOBAL_VAR;
      case AUXILIARY -> throw new IllegalArgumentException("No layer has an auxiliary tensor");
    };
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
    from.requireLayout(layout);
    FloatBuffer target = values();
    for (Segment segment : segments) {
      segment.write(from.values(), segment.entry().offset(), target, 0, segment.length());
    }
    valuesChanged();
  }

  /** Copies values out of the graph. */
  void read(Parameters into) {
    into.requireLayout(layout);
    FloatBuffer source = values();
    for (Segment segment : segments) {
      segment.read(source, 0, into.values(), segment.entry().offset(), segment.length());
    }
  }

  /** Copies the gradients that layers have; all others become 0. */
  void readGradients(Parameters into) {
    into.requireLayout(layout);
    Arrays.fill(into.values(), 0);
    FloatBuffer source = gradients();
    for (Segment segment : segments) {
      if (segment.role().trainable() && segment.role() != Role.AUXILIARY) {
        segment.read(source, 0, into.values(), segment.entry().offset(), segment.length());
      }
    }
  }

  /** Replaces the gradients of trainable tensors. */
  void writeGradients(Parameters from) {
    from.requireLayout(layout);
    FloatBuffer target = gradients();
    for (Segment segment : segments) {
      if (segment.role().trainable()) {
        segment.write(from.values(), segment.entry().offset(), target, 0, segment.length());
      }
    }
    HostMemory.changed(gradients);
  }
}
