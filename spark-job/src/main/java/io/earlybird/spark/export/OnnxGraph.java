package io.earlybird.spark.export;

import io.earlybird.model.network.Add;
import io.earlybird.model.network.AveragePool;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.ChannelSelect;
import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.IndexedAdd;
import io.earlybird.model.network.Input;
import io.earlybird.model.network.Linear;
import io.earlybird.model.network.MaxPool;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Node;
import io.earlybird.model.network.Relu;
import io.earlybird.model.network.Shape;
import io.earlybird.model.network.TensorSpec;
import io.earlybird.model.parameters.Parameters;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.ByteString;

/**
 * A network as a graph of ONNX operators of opset {@link #OPSET}, one node each where ONNX has one.
 *
 * <p>Every output has the name of its node; tensors have theirs. Input {@link #INPUT} is [N, C, H,
 * W], output {@link #OUTPUT} the logits [N, classes]; N is free.
 */
final class OnnxGraph {
  /** Version of the operators. */
  static final int OPSET = 13;

  /** Name of the input. */
  static final String INPUT = "images";

  /** Name of the output. */
  static final String OUTPUT = "logits";

  private static final String FREE = "batch";

  private final Network network;
  private final GraphProto.Builder graph = GraphProto.newBuilder();

  private OnnxGraph(Network network) {
    this.network = network;
  }

  static GraphProto of(Network network, Parameters values) {
    OnnxGraph made = new OnnxGraph(network);
    Shape image = network.imageShape();
    made.graph
        .setName(network.name())
        .addInput(value(INPUT, image.channels(), image.height(), image.width()))
        .addOutput(value(OUTPUT, network.classes()));
    for (Node node : network.nodes()) {
      for (TensorSpec spec : node.tensors(network.inputShapes(node))) {
        made.graph.addInitializer(floats(spec, values.slice(spec.name())));
      }
      made.add(node);
    }
    return made.graph.build();
  }

  private void add(Node node) {
    if (node instanceof Convolution convolution) {
      add(convolution);
    } else if (node instanceof BatchNorm norm) {
      operator(norm, "BatchNormalization")
          .addInput(norm.gamma())
          .addInput(norm.beta())
          .addInput(norm.runningMean())
          .addInput(norm.runningVariance())
          .addAttribute(attribute("epsilon", (float) BatchNorm.EPSILON));
    } else if (node instanceof Relu) {
      operator(node, "Relu");
    } else if (node instanceof MaxPool pool) {
      windows(operator(node, "MaxPool"), pool.kernel(), pool.stride(), pool.padding());
    } else if (node instanceof AveragePool pool) {
      windows(operator(node, "AveragePool"), pool.kernel(), pool.stride(), 0);
    } else if (node instanceof Add) {
      operator(node, "Sum");
    } else if (node instanceof ChannelSelect select) {
      String indices = select.name() + ".channels";
      graph.addInitializer(indices(indices, select.channels()));
      operator(node, "Gather").addInput(indices).addAttribute(attribute("axis", 1));
    } else if (node instanceof IndexedAdd sum) {
      add(sum);
    } else if (node instanceof Linear linear) {
      add(linear);
    } else if (!(node instanceof Input)) {
      throw new IllegalArgumentException("ONNX has no operator for " + node);
    }
  }

  private void add(Convolution node) {
    NodeProto.Builder made = operator(node, "Conv").addInput(node.weight());
    if (node.bias()) {
      made.addInput(node.biasName());
    }
    windows(made, node.kernel(), node.stride(), node.padding());
  }

  /** A term goes to its channels by a gather that takes the others from a channel of zeros. */
  private void add(IndexedAdd node) {
    NodeProto.Builder sum = NodeProto.newBuilder().setName(node.name()).setOpType("Sum");
    String pads = node.name() + ".pads";
    graph.addInitializer(indices(pads, List.of(0, 0, 0, 0, 0, 1, 0, 0)));
    for (int i = 0; i < node.terms().size(); i++) {
      IndexedAdd.Term term = node.terms().get(i);
      String name = node.name() + ".term" + i;
      List<Integer> from =
          new ArrayList<>(Collections.nCopies(node.channels(), term.channels().size()));
      IntStream.range(0, term.channels().size()).forEach(c -> from.set(term.channels().get(c), c));
      graph.addInitializer(indices(name + ".channels", from));
      graph
          .addNodeBuilder()
          .setName(name + ".padded")
          .setOpType("Pad")
          .addInput(output(term.source()))
          .addInput(pads)
          .addOutput(name + ".padded");
      graph
          .addNodeBuilder()
          .setName(name)
          .setOpType("Gather")
          .addInput(name + ".padded")
          .addInput(name + ".channels")
          .addAttribute(attribute("axis", 1))
          .addOutput(name);
      sum.addInput(name);
    }
    graph.addNode(sum.addOutput(output(node.name())));
  }

  private void add(Linear node) {
    String rows = node.name() + ".rows";
    graph
        .addNodeBuilder()
        .setName(rows)
        .setOpType("Flatten")
        .addInput(output(node.source()))
        .addAttribute(attribute("axis", 1))
        .addOutput(rows);
    graph
        .addNodeBuilder()
        .setName(node.name())
        .setOpType("Gemm")
        .addInput(rows)
        .addInput(node.weight())
        .addInput(node.biasName())
        .addAttribute(attribute("transB", 1))
        .addOutput(output(node.name()));
  }

  private NodeProto.Builder operator(Node node, String type) {
    NodeProto.Builder made = graph.addNodeBuilder().setName(node.name()).setOpType(type);
    node.sources().forEach(source -> made.addInput(output(source)));
    return made.addOutput(output(node.name()));
  }

  private String output(String node) {
    if (node.equals(network.input().name())) {
      return INPUT;
    }
    return node.equals(network.output().name()) ? OUTPUT : node;
  }

  private static void windows(NodeProto.Builder node, int kernel, int stride, int padding) {
    node.addAttribute(attributes("kernel_shape", kernel, kernel))
        .addAttribute(attributes("strides", stride, stride))
        .addAttribute(attributes("pads", padding, padding, padding, padding));
  }

  private static AttributeProto attribute(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  private static AttributeProto attribute(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static AttributeProto attributes(String name, long... values) {
    AttributeProto.Builder made =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    for (long value : values) {
      made.addInts(value);
    }
    return made.build();
  }

  private static TensorProto floats(TensorSpec spec, FloatBuffer values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(spec.length() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    TensorProto.Builder made =
        TensorProto.newBuilder()
            .setName(spec.name())
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .setRawData(ByteString.copyFrom(bytes));
    spec.shape().forEach(made::addDims);
    return made.build();
  }

  private static TensorProto indices(String name, List<Integer> values) {
    TensorProto.Builder made =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64.getNumber())
            .addDims(values.size());
    values.forEach(made::addInt64Data);
    return made.build();
  }

  private static ValueInfoProto value(String name, int... extents) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam(FREE);
    for (int extent : extents) {
      shape.addDimBuilder().setDimValue(extent);
    }
    TypeProto.Tensor type =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT.getNumber())
            .setShape(shape)
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }
}
