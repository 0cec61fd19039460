package io.earlybird.spark.export;

import io.earlybird.engine.dl4j.stock.StockGraph;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.spark.run.TrainedNetwork;
import java.io.IOException;
import java.io.OutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;

/** What a network can be written as, for use elsewhere. */
public enum ExportFormat {
  /** ONNX, with names of classes and preprocessing in its metadata. */
  ONNX {
    @Override
    public void write(TrainedNetwork trained, OutputStream out) throws IOException {
      OnnxFile.write(trained, out);
    }
  },
  /** Safetensors with the names of torchvision's state dictionaries. */
  SAFETENSORS {
    @Override
    public void write(TrainedNetwork trained, OutputStream out) throws IOException {
      TorchvisionFile.write(trained.state().parameters(), out);
    }
  },
  /** A {@code ComputationGraph} of DL4J's own layers, by DL4J's {@code ModelSerializer}. */
  DL4J {
    @Override
    public void write(TrainedNetwork trained, OutputStream out) throws IOException {
      Network network = trained.state().network();
      Parameters values = trained.state().parameters();
      ComputationGraph graph = StockGraph.of(network);
      StockGraph.load(graph, network, values);
      ModelSerializer.writeModel(graph, out, false);
      graph.close();
    }
  };

  /** Writes the whole file; the stream belongs to the caller. */
  public abstract void write(TrainedNetwork trained, OutputStream out) throws IOException;
}
