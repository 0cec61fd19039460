package io.earlybird.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.engine.Batch;
import io.earlybird.model.engine.Engines;
import io.earlybird.model.engine.Mode;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.engine.ReplicaRequest;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.network.Add;
import io.earlybird.model.network.BatchNorm;
import io.earlybird.model.network.Network;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.model.parameters.Initialization;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.model.parameters.Parameters;
import io.earlybird.model.reference.RandomBatches;
import io.earlybird.pruning.mask.BatchNormChannels;
import io.earlybird.pruning.mask.Mask;
import io.earlybird.pruning.surgery.ChannelSurgery;
import io.earlybird.pruning.surgery.Cut;
import io.earlybird.pruning.surgery.GroupRule;
import io.earlybird.pruning.surgery.SurgeryOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Pruned equals masked dense on the DL4J engine, in evaluation, in training and after steps with
 * momentum.
 *
 * <p>In float both sides round differently. How much rounding matters is measured: the masked dense
 * network sees the same batches with the images in another order, which changes nothing but the
 * order of sums. Differences of the pruned network must be of the size of those.
 */
class SurgeryOnDl4jTest {
  private static final int BATCH = 8;
  private static final int STEPS = 3;

  /** One sample of the noise is compared with another; their maxima may differ by some times. */
  private static final double NOISE_FACTOR = 5;

  /** A few roundings of values around 1, for cases that a permutation leaves as they are. */
  private static final double FLOOR = 2e-6;

  /** More noise than this would hide mistakes. */
  private static final double LARGEST_NOISE = 0.05;

  private static final StepRule RULE = StepRule.sgd(1e-3, 0.9, 1e-4).withGammaL1(1e-4);

  /** Logits and state of a replica after the same batches. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Trace(float[] evaluation, float[] training, float[] values, float[] momentum) {}

  @ParameterizedTest
  @CsvSource({
    "vgg16-cifar, 32, UNION",
    "preresnet-101, 32, UNION",
    "resnet18, 32, INNER_ONLY",
    "resnet18, 32, UNION",
    "resnet18, 32, SCATTER",
    "resnet50, 64, UNION",
    "resnet50, 64, SCATTER"
  })
  void prunedNetworkEqualsTheMaskedDenseOne(String name, int imageSize, GroupRule rule) {
    Network network = Networks.named(name, 10, imageSize);
    Parameters parameters = randomValues(network);
    Mask mask = randomMask(BatchNormChannels.of(network).total());
    Cut cut =
        ChannelSurgery.cut(network, parameters, mask, SurgeryOptions.defaults().withRule(rule));
    Parameters masked = parameters.copy();
    cut.masked().zero(masked.values());
    Trace dense = trace(network, masked, cut.masked(), false);
    Trace permuted = trace(network, masked, cut.masked(), true);
    Trace small =
        trace(cut.network(), cut.parameters(parameters), cut.held(HeldEntries.none()), false);

    double noise = distance(permuted.training(), dense.training());
    assertWithin(distance(small.evaluation(), dense.evaluation()), noise, "logits, evaluation");
    assertWithin(distance(small.training(), dense.training()), noise, "logits, training");
    assertWithin(
        distance(small.values(), gathered(cut, dense.values())),
        distance(gathered(cut, permuted.values()), gathered(cut, dense.values())),
        "values");
    assertWithin(
        distance(small.momentum(), gathered(cut, dense.momentum())),
        distance(gathered(cut, permuted.momentum()), gathered(cut, dense.momentum())),
        "momentum");
  }

  private static void assertWithin(double difference, double noise, String what) {
    assertThat(noise).as(what).isLessThan(LARGEST_NOISE);
    assertThat(difference)
        .as("%s: a permutation of the batch changes them by %s", what, noise)
        .isLessThanOrEqualTo(NOISE_FACTOR * noise + FLOOR);
  }

  private static Trace trace(
      Network network, Parameters parameters, HeldEntries held, boolean reversed) {
    try (Replica replica = Engines.named("dl4j").open(ReplicaRequest.cpu(network))) {
      replica.load(parameters, Parameters.zeros(parameters.layout()));
      Batch first = batch(network, 0, reversed);
      float[] evaluation = ordered(replica.logits(first, Mode.EVALUATION), reversed);
      float[] training = ordered(replica.logits(first, Mode.TRAINING), reversed);
      for (int step = 0; step < STEPS; step++) {
        replica.step(batch(network, step, reversed), RULE.withHeld(held));
      }
      Parameters values = Parameters.zeros(parameters.layout());
      Parameters momentum = Parameters.zeros(parameters.layout());
      replica.readParameters(values);
      replica.readMomentum(momentum);
      return new Trace(evaluation, training, values.values(), momentum.values());
    }
  }

  private static Batch batch(Network network, long seed, boolean reversed) {
    Batch batch = RandomBatches.of(network, BATCH, seed);
    if (!reversed) {
      return batch;
    }
    int image = batch.imageShape().elements();
    FloatBuffer pixels =
        ByteBuffer.allocateDirect(Float.BYTES * BATCH * image)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    int[] labels = new int[BATCH];
    for (int i = 0; i < BATCH; i++) {
      labels[i] = batch.label(BATCH - 1 - i);
      for (int p = 0; p < image; p++) {
        pixels.put(i * image + p, batch.pixels().get((BATCH - 1 - i) * image + p));
      }
    }
    return new Batch(BATCH, batch.imageShape(), pixels, labels);
  }

  private static float[] ordered(float[] logits, boolean reversed) {
    if (!reversed) {
      return logits;
    }
    int classes = logits.length / BATCH;
    float[] ordered = new float[logits.length];
    for (int i = 0; i < BATCH; i++) {
      System.arraycopy(logits, (BATCH - 1 - i) * classes, ordered, i * classes, classes);
    }
    return ordered;
  }

  private static float[] gathered(Cut cut, float[] dense) {
    float[] small = new float[ParameterLayout.of(cut.network()).length()];
    for (int i = 0; i < small.length; i++) {
      small[i] = dense[cut.source(i)];
    }
    return small;
  }

  /** Largest difference, relative to the largest expected number if that is above 1. */
  private static double distance(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    double largest = 0;
    double scale = 1;
    for (int i = 0; i < actual.length; i++) {
      largest = Math.max(largest, Math.abs((double) actual[i] - expected[i]));
      scale = Math.max(scale, Math.abs(expected[i]));
    }
    return largest / scale;
  }

  /** Keeps about half of the channels, and none of the first forty: the stem loses most of its. */
  private static Mask randomMask(int channels) {
    Random random = new Random(5);
    BitSet kept = new BitSet();
    for (int i = 40; i < channels; i++) {
      kept.set(i, random.nextBoolean());
    }
    return Mask.of(kept, channels);
  }

  /**
   * Fresh weights; gammas, betas and running statistics as in the middle of a training. Residual
   * branches count little, as they do in trained networks: otherwise gradients grow with the depth
   * until two orders of the same sum diverge within three steps.
   */
  private static Parameters randomValues(Network network) {
    Parameters parameters = Initialization.draw(network, 3);
    Random random = new Random(3);
    for (ParameterLayout.Entry entry : parameters.layout().entries()) {
      for (int i = entry.offset(); i < entry.end(); i++) {
        float[] values = parameters.values();
        values[i] =
            switch (entry.spec().role()) {
              case WEIGHT, BIAS, AUXILIARY -> values[i];
              case GAMMA -> 0.2f + random.nextFloat();
              case BETA, RUNNING_MEAN -> (float) (0.2 * random.nextGaussian());
              case RUNNING_VARIANCE -> 0.5f + random.nextFloat();
            };
      }
    }
    for (BatchNorm norm : network.nodes(BatchNorm.class)) {
      boolean ofShortcut = norm.name().contains("downsample");
      if (!ofShortcut && network.node(network.readers(norm.name()).get(0)) instanceof Add) {
        FloatBuffer gamma = parameters.slice(norm.gamma());
        for (int i = 0; i < gamma.capacity(); i++) {
          gamma.put(i, 0.1f * gamma.get(i));
        }
      }
    }
    return parameters;
  }
}
