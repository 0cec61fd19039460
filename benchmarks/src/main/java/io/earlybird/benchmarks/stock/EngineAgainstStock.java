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
 * Prints images a second of the median step of each, images a CPU second of all steps of each, and
 * the two ratios. The second hardly depends on what else the machine does, if threads that wait do
 * not spin: set {@code OMP_WAIT_POLICY=passive}.
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
      replica.step(batch, rule);
      stock.fit(data);
      StepTimes ours = new StepTimes();
      StepTimes theirs = new StepTimes();
      for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < ENGINE_STEPS_PER_ROUND; i++) {
          ours.measure(() -> replica.step(batch, rule));
        }
        theirs.measure(() -> stock.fit(data));
      }
      report(name, batchSize, threads, ours, theirs);
    }
  }

  private static void report(
      String name, int batchSize, int threads, StepTimes ours, StepTimes theirs) {
    System.out.printf(
        Locale.ROOT,
        "%s, batch %d, %d threads: images/s engine %.2f, stock %.2f, ratio %.1f;"
            + " images/CPU second engine %.2f, stock %.2f, ratio %.1f%n",
        name,
        batchSize,
        threads,
        batchSize / ours.medianSeconds(),
        batchSize / theirs.medianSeconds(),
        theirs.medianSeconds() / ours.medianSeconds(),
        batchSize / ours.meanCpuSeconds(),
        batchSize / theirs.meanCpuSeconds(),
        theirs.meanCpuSeconds() / ours.meanCpuSeconds());
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
