package io.earlybird.spark.cli;

import io.earlybird.data.image.ImagePipeline;
import io.earlybird.data.image.UndecodableImageException;
import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Mode;
import io.earlybird.model.engine.Replica;
import io.earlybird.spark.run.TrainedNetwork;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/** Tells the class of one image at a time. */
final class Predictor implements AutoCloseable {
  /**
   * What an image is taken for.
   *
   * @param label of the largest logit, the first of equal ones
   * @param name of the class
   * @param probability softmax of the logits, in [0, 1]
   */
  record Prediction(int label, String name, double probability) {}

  private final Replica replica;
  private final ImagePipeline pipeline;
  private final List<String> classes;
  private final FloatBuffer pixels;
  private final Batch batch;

  /** Takes over the replica, which has the network's values. */
  Predictor(TrainedNetwork trained, Replica replica) {
    if (!trained.input().images().shape().equals(replica.network().imageShape())) {
      throw new IllegalArgumentException(
          "Cannot predict: the checkpoint describes images of "
              + trained.input().images().shape()
              + " for the network "
              + replica.network()
              + "; it is damaged");
    }
    this.replica = replica;
    this.pipeline = new ImagePipeline(trained.input().images());
    this.classes = trained.input().classes();
    int bytes = Math.toIntExact(replica.network().imageShape().elements() * (long) Float.BYTES);
    this.pixels = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder()).asFloatBuffer();
    this.batch = new Batch(1, replica.network().imageShape(), pixels, new int[1]);
  }

  Prediction predict(byte[] image) throws UndecodableImageException {
    pipeline.evaluate(image, 0, image.length, pixels, 0);
    float[] logits = replica.logits(batch, Mode.EVALUATION);
    int best = 0;
    for (int c = 1; c < logits.length; c++) {
      best = logits[c] > logits[best] ? c : best;
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - (double) logits[best]);
    }
    return new Prediction(best, classes.get(best), 1 / sum);
  }

  @Override
  public void close() {
    pipeline.close();
    replica.close();
  }
}
