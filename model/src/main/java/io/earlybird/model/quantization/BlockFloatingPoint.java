package io.earlybird.model.quantization;

/**
 * Signed whole numbers ("words") that share one exponent in a block.
 *
 * <pre>
 *   E = floor(log2(max |x|));  u = 2^(E - (b - 2));  q = floor(x / u + r), clipped;  value q * u
 * </pre>
 *
 * <p>E is fixed before rounding: values just below 2^(E + 1) are clipped. A block of zeros stays
 * one, and a block with a value that is not finite is left alone, so that whoever looks finds it.
 * Source: specification 5.1 (Yang et al., SWALP, arXiv 1904.11943, section 3; QPyTorch), with r
 * drawn to 24 bits where QPyTorch draws 23 - b: statistically the same.
 *
 * @param wordLength b, bits of a word, sign included
 * @param range which words there are
 */
public record BlockFloatingPoint(int wordLength, Range range) {
  /** Words that exist. */
  public enum Range {
    /** [-(2^(b-1) - 1), 2^(b-1) - 1], as QPyTorch and the Early-Bird code have it. */
    SYMMETRIC,
    /** [-2^(b-1), 2^(b-1) - 1] and E in [-128, 127], as SWALP's own code has it. */
    TWOS_COMPLEMENT
  }

  /**
   * How one block lies in an array: [pixels, width], of which the first {@code channels} of each
   * width are values. Value (p, c) has the index c * pixels + p, that of [channels, pixels], so
   * that the order in memory changes no bit.
   */
  public record Block(int pixels, int channels, int width) {
    /** Values that lie in a row. */
    public static Block row(int length) {
      return new Block(1, length, length);
    }

    /** Distance to the next block. */
    public int length() {
      return pixels * width;
    }
  }

  private static final int LEAST_EXPONENT = -128;
  private static final int GREATEST_EXPONENT = 127;
  private static final int INFINITY = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

  public BlockFloatingPoint {
    if (wordLength < 2 || wordLength > 31) {
      throw new IllegalArgumentException(
          "Invalid word length " + wordLength + ": must be in [2, 31]");
    }
  }

  /** Words of b bits in the symmetric range. */
  public static BlockFloatingPoint ofBits(int b) {
    return new BlockFloatingPoint(b, Range.SYMMETRIC);
  }

  /** Largest word. */
  public int greatest() {
    return (1 << (wordLength - 1)) - 1;
  }

  /** Smallest word. */
  public int least() {
    return switch (range) {
      case SYMMETRIC -> -greatest();
      case TWOS_COMPLEMENT -> -greatest() - 1;
    };
  }

  /**
   * u of a block.
   *
   * @param largest max |x|, above 0 and finite
   */
  public double unit(double largest) {
    int exponent = Math.getExponent(largest);
    if (range == Range.TWOS_COMPLEMENT) {
      exponent = Math.max(LEAST_EXPONENT, Math.min(GREATEST_EXPONENT, exponent));
    }
    return Math.scalb(1.0, exponent - (wordLength - 2));
  }

  /**
   * Rounds a tensor in C order in place; its blocks are slices of the first axis, so that each
   * value of a vector is a block of its own.
   *
   * @param values hold the tensor from {@code from} on
   * @param blocks extent of the first axis
   * @param blockLength values of a slice
   * @param first index of the first value, for the rounding
   */
  public void roundSlices(
      float[] values, int from, int blocks, int blockLength, Rounding rounding, long first) {
    Block block = Block.row(blockLength);
    for (int i = 0; i < blocks; i++) {
      int done = i * blockLength;
      round(values, from + done, block, rounding, first + done);
    }
  }

  /**
   * Rounds one block in place.
   *
   * @param values hold the block from {@code from} on
   * @param first index of the first value, for the rounding
   */
  public void round(float[] values, int from, Block block, Rounding rounding, long first) {
    int largest = largestBits(values, from, block);
    if (largest == 0 || largest >= INFINITY) {
      return;
    }
    double unit = unit(Float.intBitsToFloat(largest));
    double words = 1 / unit;
    int least = least();
    int greatest = greatest();
    int pixels = block.pixels();
    for (int p = 0; p < pixels; p++) {
      int start = from + p * block.width();
      int end = start + block.channels();
      long index = first + p;
      for (int i = start; i < end; i++) {
        int word = (int) Math.floor(values[i] * words + rounding.offset(index));
        values[i] = (float) (Math.max(least, Math.min(greatest, word)) * unit);
        index += pixels;
      }
    }
  }

  /** Bits of max |x|; those of infinity, or more, if some value is not finite. */
  private static int largestBits(float[] values, int from, Block block) {
    int largest = 0;
    for (int p = 0; p < block.pixels(); p++) {
      int start = from + p * block.width();
      for (int i = start; i < start + block.channels(); i++) {
        largest = Math.max(largest, Float.floatToRawIntBits(values[i]) & Integer.MAX_VALUE);
      }
    }
    return largest;
  }
}
