package io.earlybird.spark.export;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.earlybird.model.engine.Batch;
import io.earlybird.spark.run.InputDescription;
import io.earlybird.spark.run.TrainedNetwork;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import onnx.Onnx.ModelProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;

/**
 * A network in an ONNX file, open in ONNX Runtime on the processor; used by one thread.
 *
 * <p>Files carry in their metadata what they must be fed with and what their logits mean.
 */
public final class OnnxFile implements AutoCloseable {
  private static final String INPUT_DESCRIPTION = "earlybird.input";

  /** Version of the file format that came with {@link OnnxGraph#OPSET}. */
  private static final int IR_VERSION = 7;

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final SessionOptions options;
  private final OrtSession session;
  private final InputDescription input;

  private OnnxFile(SessionOptions options, OrtSession session, InputDescription input) {
    this.options = options;
    this.session = session;
    this.input = input;
  }

  /** Writes a network and its values; the stream belongs to the caller. */
  static void write(TrainedNetwork trained, OutputStream out) throws IOException {
    ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("Earlybird")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OnnxGraph.OPSET))
        .addMetadataProps(
            StringStringEntryProto.newBuilder()
                .setKey(INPUT_DESCRIPTION)
                .setValue(trained.input().toJson()))
        .setGraph(OnnxGraph.of(trained.state().network(), trained.state().parameters()))
        .build()
        .writeTo(out);
  }

  /**
   * Opens what {@link ExportFormat#ONNX} has written.
   *
   * @param file all of its bytes
   * @param threads of one call
   * @throws IllegalArgumentException if it is no such file
   */
  public static OnnxFile open(byte[] file, int threads) {
    try {
      SessionOptions options = new SessionOptions();
      options.setIntraOpNumThreads(threads);
      OrtSession session = OrtEnvironment.getEnvironment().createSession(file, options);
      String description = session.getMetadata().getCustomMetadata().get(INPUT_DESCRIPTION);
      if (description == null) {
        session.close();
        throw new IllegalArgumentException(
            "The ONNX file does not say what to feed it with (metadata "
                + INPUT_DESCRIPTION
                + "); write it with submit/earlybird export");
      }
      return new OnnxFile(options, session, InputDescription.ofJson(description));
    } catch (OrtException e) {
      throw new IllegalArgumentException("Not a readable ONNX file: " + e.getMessage(), e);
    }
  }

  /** What to feed it with. */
  public InputDescription input() {
    return input;
  }

  /**
   * Logits [N, classes] of a batch.
   *
   * @throws IllegalArgumentException if the batch does not fit the network
   */
  public float[] logits(Batch batch) {
    long[] shape = {
      batch.size(),
      batch.imageShape().channels(),
      batch.imageShape().height(),
      batch.imageShape().width()
    };
    try (OnnxTensor images = OnnxTensor.createTensor(environment, channelsFirst(batch), shape);
        OrtSession.Result result = session.run(Map.of(OnnxGraph.INPUT, images))) {
      FloatBuffer logits = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] copy = new float[logits.remaining()];
      logits.get(copy);
      return copy;
    } catch (OrtException e) {
      throw new IllegalArgumentException(
          "ONNX Runtime cannot run images of " + batch.imageShape() + ": " + e.getMessage(), e);
    }
  }

  private static FloatBuffer channelsFirst(Batch batch) {
    int channels = batch.imageShape().channels();
    int pixels = batch.imageShape().pixels();
    FloatBuffer turned =
        ByteBuffer.allocateDirect(batch.size() * channels * pixels * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    for (int image = 0; image < batch.size(); image++) {
      int start = image * channels * pixels;
      for (int pixel = 0; pixel < pixels; pixel++) {
        for (int channel = 0; channel < channels; channel++) {
          turned.put(
              start + channel * pixels + pixel,
              batch.pixels().get(start + pixel * channels + channel));
        }
      }
    }
    return turned;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("Cannot close ONNX Runtime's session", e);
    } finally {
      options.close();
    }
  }
}
