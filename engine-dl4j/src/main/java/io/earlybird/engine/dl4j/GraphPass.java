package io.earlybird.engine.dl4j;

import io.earlybird.engine.dl4j.kernels.Activation;
import io.earlybird.engine.dl4j.kernels.Dims;
import io.earlybird.engine.dl4j.kernels.Kernels;
import io.earlybird.engine.dl4j.kernels.SumKernel;
import io.earlybird.model.engine.ActivationRounding;
import io.earlybird.model.engine.Mode;
import io.earlybird.model.engine.Quantization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Runs the vertices of a graph forward and backward, the loss layer left out.
 *
 * <p>ComputationGraph's own loop adds gradients of branches in place, which forbids that two
 * branches share one array, and holds memory in workspaces of the calling thread; this loop does
 * neither, and calls the vertices in the same way otherwise.
 */
final class GraphPass {
  private static final LayerWorkspaceMgr NO_WORKSPACES = LayerWorkspaceMgr.noWorkspacesImmutable();

  private record Step(GraphVertex vertex, List<String> sources) {
    String name() {
      return vertex.getVertexName();
    }
  }

  private final List<Step> steps = new ArrayList<>();
  private final String input;
  private final String logits;
  private final Kernels kernels;
  private final ReusedArrays arrays;
  private final ActivationRounding rounding;
  private Quantization quantization = Quantization.none();
  private final Map<String, INDArray> outputs = new HashMap<>();
  private final Map<String, INDArray> gradients = new HashMap<>();

  GraphPass(
      ComputationGraph graph, Kernels kernels, ReusedArrays arrays, ActivationRounding rounding) {
    this.kernels = kernels;
    this.arrays = arrays;
    this.rounding = rounding;
    input = graph.getConfiguration().getNetworkInputs().get(0);
    Map<String, List<String>> sources = graph.getConfiguration().getVertexInputs();
    logits = sources.get(GraphAssembly.LOSS).get(0);
    for (int index : graph.topologicalSortOrder()) {
      GraphVertex vertex = graph.getVertices()[index];
      String name = vertex.getVertexName();
      if (!vertex.isInputVertex() && !name.equals(GraphAssembly.LOSS)) {
        steps.add(new Step(vertex, sources.get(name)));
      }
    }
  }

  /**
   * Computes all outputs.
   *
   * @param images [N, H, W, C]
   * @param words what activations of this pass, and errors of the backward pass after it, become
   * @return the logits [N, classes], valid until the next pass
   */
  INDArray forward(INDArray images, Mode mode, Quantization words) {
    quantization = words;
    outputs.put(input, images);
    for (Step step : steps) {
      for (int i = 0; i < step.sources().size(); i++) {
        step.vertex().setInput(i, outputs.get(step.sources().get(i)), NO_WORKSPACES);
      }
      INDArray output = step.vertex().doForward(mode == Mode.TRAINING, NO_WORKSPACES);
      if (rounds(step)) {
        rounding.roundOutputs(quantization, step.name(), HostMemory.of(output), width(output));
        HostMemory.changed(output);
      }
      outputs.put(step.name(), output);
    }
    return outputs.get(logits);
  }

  /** Whether activations of the pass that runs now, or ran last, become words. */
  boolean rounds() {
    return quantization.rounds();
  }

  private boolean rounds(Step step) {
    return quantization.rounds() && rounding.covers(step.name());
  }

  /** Channels of an activation, those that only the graph has included. */
  private static int width(INDArray activation) {
    return (int) activation.size(activation.rank() - 1);
  }

  /** Output of a vertex in the last forward pass, valid until the next. */
  INDArray output(String vertex) {
    return outputs.get(vertex);
  }

  /**
   * Computes all parameter gradients, after a forward pass in training mode.
   *
   * @param logitsGradient gradient of the logits, lent by the pool; this pass gives it back
   */
  void backward(INDArray logitsGradient) {
    gradients.put(logits, logitsGradient);
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      INDArray own = gradients.remove(step.name());
      if (rounds(step)) {
        own = rounded(own, step.name());
      }
      step.vertex().setEpsilon(own);
      INDArray collected = step.sources().size() == 1 ? gradients.get(step.sources().get(0)) : null;
      arrays.offer(collected);
      INDArray[] passedOn = step.vertex().doBackward(false, NO_WORKSPACES).getSecond();
      arrays.gradients().release(own);
      for (int j = 0; j < passedOn.length; j++) {
        if (passedOn[j] != null && passedOn[j] != collected) {
          pass(passedOn[j], step.sources().get(j));
        }
      }
    }
  }

  /** The gradient in words, in its own array if nobody else reads it. */
  private INDArray rounded(INDArray gradient, String vertex) {
    INDArray words = arrays.inPlaceOf(gradient);
    if (words != gradient) {
      HostMemory.write(HostMemory.of(gradient), words);
    }
    rounding.roundErrors(quantization, vertex, HostMemory.of(words), width(words));
    HostMemory.changed(words);
    arrays.gradients().release(gradient);
    return words;
  }

  private void pass(INDArray gradient, String vertex) {
    if (vertex.equals(input)) {
      arrays.gradients().release(gradient);
    } else {
      gradients.merge(vertex, gradient, this::sum);
    }
  }

  /** a + b, in one of the two if nobody else reads it; both are given back unless returned. */
  private INDArray sum(INDArray a, INDArray b) {
    GradientPool pool = arrays.gradients();
    SumKernel kernel = kernels.sum(Dims.of(a.shape()), Activation.IDENTITY);
    if (pool.exclusive(a)) {
      kernel.forward(List.of(a, b), a);
      pool.release(b);
      return a;
    }
    if (pool.exclusive(b)) {
      kernel.forward(List.of(b, a), b);
      pool.release(a);
      return b;
    }
    INDArray sum = pool.lend(a.shape());
    kernel.forward(List.of(a, b), sum);
    pool.release(a);
    pool.release(b);
    return sum;
  }
}
