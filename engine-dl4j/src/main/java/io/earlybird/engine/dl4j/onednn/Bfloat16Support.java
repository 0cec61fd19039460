package io.earlybird.engine.dl4j.onednn;

/** How a processor trains in bfloat16. */
public enum Bfloat16Support {
  /** By its own instructions (AVX512_BF16, AMX). */
  NATIVE,
  /** By AVX-512 instructions for float32, with conversions; slower than float32. */
  EMULATED,
  /** Not at all: oneDNN has no primitives for the backward pass below AVX-512. */
  NONE
}
