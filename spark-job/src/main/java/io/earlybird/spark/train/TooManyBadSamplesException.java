package io.earlybird.spark.train;

import io.earlybird.data.batch.ReadReport;

/** More samples than tolerated could not be decoded. */
public final class TooManyBadSamplesException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TooManyBadSamplesException(String what, ReadReport read, long samples, double tolerated) {
    super(
        read.badSamples()
            + " of "
            + samples
            + " samples cannot be decoded in "
            + what
            + ", more than data.tolerated-bad-fraction = "
            + tolerated
            + "; repair or leave out "
            + read.badExamples());
  }

  /** Throws if the bad ones are more than the tolerated fraction of all samples. */
  static void throwIfExceeded(String what, ReadReport read, long samples, double tolerated) {
    if (read.badSamples() > tolerated * samples) {
      throw new TooManyBadSamplesException(what, read, samples, tolerated);
    }
  }
}
