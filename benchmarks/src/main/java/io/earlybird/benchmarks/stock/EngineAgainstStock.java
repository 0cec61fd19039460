package io.earlybird.benchmarks.stock;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Device;
import io.earlybird.model.engine.Engines;
import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.ReplicaRequest;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.Network;
import io.earlybird.model.network.Shape;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.Parameters;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Training steps of the dl4j engine and of the same network in stock DL4J layers, in turn and in
 * one process, so that whatever else the machine does hits both.
 *
 * <p>Arguments: network, batch size, image size, threads, rounds. Run it, on an idle machine, with
 *
 * <pre>
 *   mvn -q -pl benchmarks -am package -DskipTests
 *   OMP_NUM_THREADS=2 java -Xmx6g -cp CLASSPATH io.earlybird.benchmarks.stock.EngineAgainstStock \
 *       resnet18-cifar 32 32 2 5
 * </pre>
 *
 * Prints the fastest and the median step of each, and their ratio.
 */
public final class EngineAgainstStock {
  private static final int CIFAR_SIZE = 32;
  private static final int CIFAR_CLASSES = 10;
  private static final int IMAGENET_CLASSES = 1000;
  private static final int ENGINE_STEPS_PER_ROUND = 3;

  private EngineAgainstStock() {}

  /** Runs the comparison. */
  public static void main(String[] arguments) {
    String name = arguments[0];
    int batchSize = Integer.parseInt(arguments[1]);
    int imageSize = Integer.parseInt(arguments[2]);
    int threads = Integer.parseInt(arguments[3]);
    int rounds = Integer.parseInt(arguments[4]);
    int classes = imageSize == CIFAR_SIZE ? CIFAR_CLASSES : IMAGENET_CLASSES;
    Network network = Networks.named(name, classes, imageSize);
    ReplicaRequest request = new ReplicaRequest(network, Device.cpu(), Precision.FLOAT32, threads);
    try (Replica replica = Engines.named("dl4j").open(request)) {
      Parameters values = Initialization.draw(network, 1);
      replica.load(values, Parameters.zeros(values.layout()));
      Batch batch = randomBatch(network, batchSize);
      StepRule rule = StepRule.sgd(1e-3, 0.9, 1e-4);
      NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
      ComputationGraph stock = StockGraph.of(network);
      DataSet data = stockBatch(batch, classes);
      double[] ours = new double[rounds * ENGINE_STEPS_PER_ROUND];
      double[] theirs = new double[rounds];
      replica.step(batch, rule);
      stock.fit(data);
      for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < ENGINE_STEPS_PER_ROUND; i++) {
          ours[round * ENGINE_STEPS_PER_ROUND + i] = seconds(() -> replica.step(batch, rule));
        }
        theirs[round] = seconds(() -> stock.fit(data));
      }
      report(name, batchSize, threads, ours, theirs);
    }
  }

  private static double seconds(Runnable step) {
    long start = System.nanoTime();
    step.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static void report(
      String name, int batchSize, int threads, double[] ours, double[] theirs) {
    Arrays.sort(ours);
    Arrays.sort(theirs);
    double ourMedian = ours[ours.length / 2];
    double theirMedian = theirs[theirs.length / 2];
    System.out.printf(
        Locale.ROOT,
        "%s, batch %d, %d threads, images/s (median, best): engine %.2f %.2f, stock %.2f %.2f,"
            + " ratio %.1f %.1f%n",
        name,
        batchSize,
        threads,
        batchSize / ourMedian,
        batchSize / ours[0],
        batchSize / theirMedian,
        batchSize / theirs[0],
        theirMedian / ourMedian,
        theirs[0] / ours[0]);
  }

  private static Batch randomBatch(Network network, int size) {
    Random random = new Random(1);
    Shape shape = network.imageShape();
    FloatBuffer pixels =
        ByteBuffer.allocateDirect(Float.BYTES * size * shape.elements())
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    for (int i = 0; i < pixels.capacity(); i++) {
      pixels.put(i, (float) random.nextGaussian());
    }
    return new Batch(size, shape, pixels, random.ints(size, 0, network.classes()).toArray());
  }

  private static DataSet stockBatch(Batch batch, int classes) {
    Shape shape = batch.imageShape();
    INDArray images =
        Nd4j.rand(DataType.FLOAT, batch.size(), shape.channels(), shape.height(), shape.width());
    INDArray labels = Nd4j.zeros(DataType.FLOAT, batch.size(), classes);
    for (int i = 0; i < batch.size(); i++) {
      labels.putScalar(i, batch.label(i), 1);
    }
    return new DataSet(images, labels);
  }
}
