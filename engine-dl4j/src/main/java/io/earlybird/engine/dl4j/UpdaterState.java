package io.earlybird.engine.dl4j;

import io.earlybird.model.parameters.Parameters;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The velocity of a graph's updater as one vector: the parameters' order, running statistics left
 * out.
 */
final class UpdaterState {
  private final INDArray state;
  private final List<Segment> trainable = new ArrayList<>();

  /**
   * Looks at a vector.
   *
   * @param state the graph's own, not copied
   */
  UpdaterState(FlatParameters parameters, INDArray state) {
    this.state = state;
    parameters.segments().stream()
        .filter(segment -> segment.role().trainable())
        .sorted(Comparator.comparingInt(Segment::flatOffset))
        .forEach(trainable::add);
  }

  void load(Parameters momentum) {
    FloatBuffer target = HostMemory.of(state);
    int offset = 0;
    for (Segment segment : trainable) {
      target.put(offset, momentum.values(), segment.entry().offset(), segment.length());
      offset += segment.length();
    }
    HostMemory.changed(state);
  }

  void read(Parameters into) {
    FloatBuffer source = HostMemory.of(state);
    Arrays.fill(into.values(), 0);
    int offset = 0;
    for (Segment segment : trainable) {
      source.get(offset, into.values(), segment.entry().offset(), segment.length());
      offset += segment.length();
    }
  }
}
