package io.earlybird.spark.tensorboard;

import io.earlybird.pruning.detection.DistanceMatrix;
import io.earlybird.spark.events.EpochEvent;
import io.earlybird.spark.events.EpochSeconds;
import io.earlybird.spark.events.GammaHistogram;
import io.earlybird.spark.events.PruneEvent;
import io.earlybird.spark.events.SwaEvent;
import io.earlybird.spark.events.SwitchEvent;
import io.earlybird.spark.events.TicketEvent;
import java.util.List;
import java.util.SortedMap;
import org.tensorflow.framework.HistogramProto;
import org.tensorflow.framework.Summary;

/**
 * Events as summaries. Tags have a group before the slash, under which TensorBoard shows them
 * together; fractions are in [0, 1], times in seconds.
 */
final class Summaries {
  private static final int RGB = 3;

  private final Summary.Builder summary = Summary.newBuilder();

  private Summaries() {}

  /**
   * An epoch: curves, the histogram of its scales and the distances of all masks so far.
   *
   * @param denseEpoch FLOPs of training the dense network for an epoch
   * @param matrices distances by pruning ratio, of masks after epochs 1, 2, ...; of those that do
   *     not reach this epoch there is no image
   */
  static Summary of(
      EpochEvent epoch, double denseEpoch, SortedMap<Double, DistanceMatrix> matrices) {
    Summaries made = new Summaries();
    made.quality(epoch);
    made.cost(epoch, denseEpoch);
    made.time(epoch);
    epoch
        .maskDistance()
        .forEach((ratio, distance) -> made.scalar("mask_distance/" + ratio, distance));
    if (!epoch.gammaHistogram().isEmpty()) {
      made.summary
          .addValueBuilder()
          .setTag("batch_norm/absolute_gamma")
          .setHisto(histogram(epoch.gammaHistogram()));
    }
    matrices.forEach((ratio, matrix) -> made.image(ratio, matrix, epoch.epoch()));
    return made.summary.build();
  }

  static Summary of(TicketEvent ticket) {
    Summaries made = new Summaries();
    double newest = ticket.distances().stream().reduce(Double.NaN, (older, newer) -> newer);
    made.scalar("ticket/" + ticket.ratio(), newest);
    return made.summary.build();
  }

  static Summary of(SwitchEvent change) {
    Summaries made = new Summaries();
    made.scalar("switch/ratio", change.ratio());
    made.scalar("switch/parameters", (double) change.parameters());
    made.scalar("switch/top1_before", change.top1Before());
    made.scalar("switch/top1_after", change.top1After());
    return made.summary.build();
  }

  static Summary of(PruneEvent pruned) {
    Summaries made = new Summaries();
    made.scalar("prune/ratio", pruned.ratio());
    made.scalar("prune/active_weights", pruned.active());
    made.scalar("prune/top1_before", pruned.top1Before());
    made.scalar("prune/top1_after", pruned.top1After());
    return made.summary.build();
  }

  static Summary of(SwaEvent mean) {
    Summaries made = new Summaries();
    made.scalar("swa/validation_loss", mean.validationLoss());
    made.scalar("swa/validation_top1", mean.validationTop1());
    return made.summary.build();
  }

  private void quality(EpochEvent epoch) {
    scalar("loss/train", epoch.trainLoss());
    scalar("loss/validation", epoch.validationLoss());
    scalar("accuracy/train_top1", epoch.trainTop1());
    scalar("accuracy/validation_top1", epoch.validationTop1());
    scalar("accuracy/validation_top5", epoch.validationTop5());
    scalar("training/learning_rate", epoch.learningRate());
  }

  private void cost(EpochEvent epoch, double denseEpoch) {
    scalar("cost/parameters", (double) epoch.parameters());
    scalar("cost/paper_flops_per_image", (double) epoch.paperFlopsPerImage());
    scalar("cost/training_paper_flops", (double) epoch.trainingPaperFlops());
    scalar("cost/saved_flops", 1 - epoch.trainingPaperFlops() / (epoch.epoch() * denseEpoch));
  }

  private void time(EpochEvent epoch) {
    EpochSeconds seconds = epoch.seconds();
    scalar("training/images_per_second", epoch.imagesPerSecond());
    scalar("seconds/total", seconds.total());
    scalar("seconds/compute", seconds.compute());
    scalar("seconds/data", seconds.data());
    scalar("seconds/broadcast", seconds.broadcast());
    scalar("seconds/average", seconds.average());
    scalar("seconds/evaluate", seconds.evaluate());
    scalar("seconds/mask", seconds.mask());
    scalar("seconds/checkpoint", seconds.checkpoint());
  }

  /** What is not known is left out. */
  private void scalar(String tag, double value) {
    if (!Double.isNaN(value)) {
      summary.addValueBuilder().setTag(tag).setSimpleValue((float) value);
    }
  }

  /**
   * Counts of bins as TensorBoard wants them. Its moments are those of the middles of the bins; the
   * last bin, which has no end, is shown as wide as the others.
   */
  static HistogramProto histogram(List<Integer> counts) {
    HistogramProto.Builder histogram = HistogramProto.newBuilder();
    double width = GammaHistogram.BIN_WIDTH;
    double sum = 0;
    double squares = 0;
    double channels = 0;
    int first = counts.size();
    int last = 0;
    for (int bin = 0; bin < counts.size(); bin++) {
      int count = counts.get(bin);
      double middle = (bin + 0.5) * width;
      histogram.addBucketLimit((bin + 1) * width).addBucket(count);
      channels += count;
      sum += count * middle;
      squares += count * middle * middle;
      if (count > 0) {
        first = Math.min(first, bin);
        last = bin;
      }
    }
    return histogram
        .setMin(Math.min(first, last) * width)
        .setMax((last + 1) * width)
        .setNum(channels)
        .setSum(sum)
        .setSumSquares(squares)
        .build();
  }

  private void image(double ratio, DistanceMatrix matrix, int epoch) {
    if (epoch > matrix.size()) {
      return;
    }
    MatrixImage image = MatrixImage.of(matrix, epoch);
    Summary.Image.Builder made =
        Summary.Image.newBuilder()
            .setWidth(image.side())
            .setHeight(image.side())
            .setColorspace(RGB)
            .setEncodedImageString(image.png());
    summary.addValueBuilder().setTag("mask_distances/" + ratio).setImage(made);
  }
}
