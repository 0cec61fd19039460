package io.earlybird.spark.events;

import java.time.Instant;

/**
 * The run has come to its end.
 *
 * @param epochs completed epochs
 * @param finalTop1 validation top-1 of the result: of the last epoch, or after what ended the run
 * @param bestTop1 of the best epoch
 * @param trainingPaperFlops of all epochs
 * @param denseTrainingPaperFlops what the dense network would have taken
 * @param savedFlops 1 - trainingPaperFlops / denseTrainingPaperFlops
 * @param seconds of all attempts
 * @param modelledEnergyJoule modelled, not measured (specification 7.6)
 */
public record SummaryEvent(
    Instant time,
    int epochs,
    double finalTop1,
    double bestTop1,
    long trainingPaperFlops,
    long denseTrainingPaperFlops,
    double savedFlops,
    double seconds,
    double modelledEnergyJoule)
    implements Event {}
