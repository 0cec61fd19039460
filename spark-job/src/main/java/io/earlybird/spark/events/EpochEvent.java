package io.earlybird.spark.events;

import io.earlybird.pruning.policy.History.EpochRecord;
import io.earlybird.pruning.policy.Phase;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An epoch has been trained and evaluated.
 *
 * @param epoch completed epochs, from 1
 * @param phase in which it was trained
 * @param generation of its network
 * @param learningRate of its last step
 * @param trainLoss mean over its samples
 * @param trainTop1 fraction
 * @param validationLoss mean over the validation set
 * @param validationTop1 fraction
 * @param validationTop5 fraction; NaN, and absent from the line, below 6 classes
 * @param maskDistance newest distance by ratio, written as in {@code "0.5"}
 * @param imagesPerSecond of the training rounds only
 * @param seconds where the time went
 * @param parameters trainable values of the network
 * @param paperFlopsPerImage forward, of the network
 * @param trainingPaperFlops of all epochs so far
 * @param gammaHistogram channels by |gamma| in the bins of {@link GammaHistogram}; empty, and
 *     absent from the line, if the network has no batch norm
 */
public record EpochEvent(
    Instant time,
    int epoch,
    Phase phase,
    int generation,
    double learningRate,
    double trainLoss,
    double trainTop1,
    double validationLoss,
    double validationTop1,
    double validationTop5,
    Map<String, Double> maskDistance,
    double imagesPerSecond,
    EpochSeconds seconds,
    long parameters,
    long paperFlopsPerImage,
    long trainingPaperFlops,
    List<Integer> gammaHistogram)
    implements Event {
  public EpochEvent {
    maskDistance = Collections.unmodifiableMap(new TreeMap<>(maskDistance));
    gammaHistogram = List.copyOf(gammaHistogram);
  }

  /** What policies are told of the epoch. */
  public EpochRecord record() {
    return new EpochRecord(
        epoch, phase, learningRate, trainLoss, trainTop1, validationLoss, validationTop1);
  }
}
