package io.earlybird.spark.settings;

import io.earlybird.data.image.Augmentation;
import io.earlybird.data.image.ImageSettings;
import io.earlybird.data.image.Normalization;
import io.earlybird.spark.settings.Section.Range;
import java.util.List;

/**
 * Shards, image pipeline and sample order.
 *
 * @param train URI of a directory of shards
 * @param validation URI of a directory of shards
 * @param imageSize height and width of a network input, in pixels
 * @param augmentation of training images
 * @param mean of R, G, B in [0, 1]
 * @param deviation of R, G, B
 * @param streams K, canonical streams of the sample order
 * @param windowShards shards whose samples are shuffled together
 * @param decodeThreads decoding threads of one task
 * @param prefetchBatches decoded batches that wait for a replica
 * @param cacheDirectory local directory on executors, empty for none
 * @param toleratedBadFraction of the samples of an epoch that cannot be decoded
 */
public record DataSettings(
    String train,
    String validation,
    int imageSize,
    Augmentation augmentation,
    List<Double> mean,
    List<Double> deviation,
    int streams,
    int windowShards,
    int decodeThreads,
    int prefetchBatches,
    String cacheDirectory,
    double toleratedBadFraction) {
  static DataSettings read(Section data) {
    List<Double> mean = data.reals("mean", Effect.IDENTITY, Range.FRACTION);
    List<Double> deviation = data.reals("deviation", Effect.IDENTITY, Range.POSITIVE);
    threeChannels(data, "mean", mean);
    threeChannels(data, "deviation", deviation);
    return new DataSettings(
        data.name("train", Effect.OPERATIONAL, "the URI of a directory of shards"),
        data.name("validation", Effect.OPERATIONAL, "the URI of a directory of shards"),
        data.integer("image-size", Effect.IDENTITY, 8, 4096),
        data.choice("augmentation", Effect.IDENTITY, Augmentation.class),
        mean,
        deviation,
        data.integer("streams", Effect.IDENTITY, 1, 65_536),
        data.integer("window-shards", Effect.IDENTITY, 1, 65_536),
        data.integer("decode-threads", Effect.OPERATIONAL, 1, 1024),
        data.integer("prefetch-batches", Effect.OPERATIONAL, 1, 1024),
        data.text("cache-directory", Effect.OPERATIONAL),
        data.real("tolerated-bad-fraction", Effect.OPERATIONAL, Range.FRACTION));
  }

  private static void threeChannels(Section data, String name, List<Double> values) {
    data.require(
        values.isEmpty() || values.size() == 3,
        data.key(name) + " = " + values + ": must have 3 numbers, for R, G and B");
  }

  /** How images become the input of a network. */
  public ImageSettings images() {
    return new ImageSettings(imageSize, augmentation, new Normalization(mean, deviation));
  }
}
