package io.earlybird.model.cost;

/**
 * What one mask and its distance cost (specification 1.10): 3 * N * log2(N) operations of the sort
 * and 2 * N of the distance; N 32-bit scores.
 *
 * @param channels N, batch-norm channels of the network
 */
public record DetectionOverhead(long channels) {
  public DetectionOverhead {
    if (channels < 1) {
      throw new IllegalArgumentException("Invalid number of batch-norm channels " + channels);
    }
  }

  /** Operations of one check. */
  public double flops() {
    return 3 * channels * (Math.log((double) channels) / Math.log(2)) + 2 * channels;
  }

  /** Bytes of the scores. */
  public long bytes() {
    return channels * Float.BYTES;
  }

  /** Bytes of a queue of masks kept as bits. */
  public long maskBytes(int masks) {
    return (channels * masks + Byte.SIZE - 1) / Byte.SIZE;
  }

  /** Operations of one check as a fraction of a forward pass of one image, as the paper does. */
  public double flopsFraction(OperationCount network) {
    return flops() / network.paperFlops();
  }

  /** Bytes of the scores as a fraction of the float32 parameters, as the paper does. */
  public double memoryFraction(OperationCount network) {
    return (double) bytes() / (network.parameters() * Float.BYTES);
  }
}
