package io.earlybird.pruning.schedule;

import java.io.Serializable;

/**
 * The value a at which the main part of a retraining schedule begins (specification 3.1).
 *
 * @param reference what it is a multiple of
 * @param factor at least 0
 */
public record Peak(Reference reference, double factor) implements Serializable {
  /** What a peak is a multiple of. */
  public enum Reference {
    /** lambda_max of the record. */
    LARGEST,
    /** lambda_min of the record. */
    SMALLEST,
    /** 1. */
    ONE
  }

  public Peak {
    Steps.requireRate("factor of a peak", factor);
  }

  double value(RateRecord record, int stepsPerEpoch) {
    return switch (reference) {
      case LARGEST -> factor * record.largest(stepsPerEpoch);
      case SMALLEST -> factor * record.smallest(stepsPerEpoch);
      case ONE -> factor;
    };
  }
}
