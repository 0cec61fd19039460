package io.earlybird.benchmarks.stock;

import io.earlybird.model.engine.Batch;
import io.earlybird.model.network.Shape;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Batches as stock layers prefer them: images [N, C, H, W], labels one-hot. */
public final class StockBatch {
  private StockBatch() {}

  /** A copy of the batch. */
  public static DataSet of(Batch batch, int classes) {
    Shape shape = batch.imageShape();
    FloatBuffer pixels = batch.pixels();
    float[] values = new float[Math.multiplyExact(batch.size(), shape.elements())];
    pixels.get(0, values);
    INDArray images =
        Nd4j.create(
                values,
                new long[] {batch.size(), shape.height(), shape.width(), shape.channels()},
                'c')
            .permute(0, 3, 1, 2)
            .dup('c');
    INDArray labels = Nd4j.zeros(DataType.FLOAT, batch.size(), classes);
    for (int i = 0; i < batch.size(); i++) {
      labels.putScalar(i, batch.label(i), 1);
    }
    return new DataSet(images, labels);
  }
}
