package io.earlybird.spark.averaging;

/** Floating-point numbers of 16 bits: bfloat16, and binary16 of IEEE 754-2008, section 3.6. */
public final class Halves {
  private static final int MAGNITUDE = 0x7fff_ffff;
  private static final int INFINITY = 0x7f80_0000;
  private static final int SIGN = 0x8000;

  /** What binary32 has more than binary16: bits of significand, and bias of the exponent. */
  private static final int MORE_BITS = 13;

  private static final int MORE_BIAS = (127 - 15) << 23;

  /** Smallest normal number of binary16, 2^-14, and the first that is too large, 2^16. */
  private static final int NORMAL = (127 - 14) << 23;

  private static final int TOO_LARGE = (127 + 16) << 23;

  /** Numbers below 2^-14 are multiples of 2^-24, and so are floats from 1/2 on. */
  private static final float HALF = 0.5f;

  private static final float SMALLEST = 0x1p-24f;

  private Halves() {}

  /** The nearest bfloat16, of two equally near ones the even one. */
  static short bfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) ((bits >>> Short.SIZE) | 0x40);
    }
    return (short) ((bits + 0x7fff + ((bits >>> Short.SIZE) & 1)) >>> Short.SIZE);
  }

  /** The nearest binary16, of two equally near ones the even one; infinity from 65520 on. */
  static short float16(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> Short.SIZE) & SIGN;
    int magnitude = bits & MAGNITUDE;
    if (magnitude > INFINITY) {
      return (short) (sign | 0x7e00);
    }
    if (magnitude >= TOO_LARGE) {
      return (short) (sign | 0x7c00);
    }
    if (magnitude < NORMAL) {
      float shifted = Float.intBitsToFloat(magnitude) + HALF;
      return (short) (sign | (Float.floatToRawIntBits(shifted) - Float.floatToRawIntBits(HALF)));
    }
    int rounded = magnitude + 0xfff + ((magnitude >>> MORE_BITS) & 1);
    return (short) (sign | ((rounded - MORE_BIAS) >>> MORE_BITS));
  }

  /** The value of a binary16. */
  public static float fromFloat16(short half) {
    int sign = (half & SIGN) << Short.SIZE;
    int magnitude = half & 0x7fff;
    if (magnitude >= 0x7c00) {
      return Float.intBitsToFloat(sign | INFINITY | ((magnitude - 0x7c00) << MORE_BITS));
    }
    if (magnitude < 0x400) {
      return Float.intBitsToFloat(sign | Float.floatToRawIntBits(magnitude * SMALLEST));
    }
    return Float.intBitsToFloat(sign | ((magnitude << MORE_BITS) + MORE_BIAS));
  }
}
