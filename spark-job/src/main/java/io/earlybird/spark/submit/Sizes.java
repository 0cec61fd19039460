package io.earlybird.spark.submit;

import org.apache.spark.network.util.JavaUtils;

/** Amounts of memory as Spark writes them. */
final class Sizes {
  private static final long MEBI = 1 << 20;
  private static final long GRAIN = 64 * MEBI;

  private Sizes() {}

  /** Whole mebibytes, for example {@code 1024m}. */
  static String text(long bytes) {
    return bytes / MEBI + "m";
  }

  /**
   * Bytes of a text; a number without unit is in MiB.
   *
   * @throws SubmitRefusedException if it is no amount
   */
  static long bytes(String key, String text) {
    try {
      return JavaUtils.byteStringAsMb(text) * MEBI;
    } catch (NumberFormatException e) {
      throw new SubmitRefusedException(
          "Invalid " + key + " = " + text + ": must be an amount of memory, for example 2g");
    }
  }

  /** The least amount to ask for: what is needed, in whole pieces of 64 MiB. */
  static long rounded(long needed) {
    return (needed + GRAIN - 1) / GRAIN * GRAIN;
  }

  /**
   * What is set of one kind of memory: what the command line says, else what {@code
   * spark-defaults.conf} says where that is enough, else what is needed.
   *
   * @throws SubmitRefusedException if the command line says less than is needed
   */
  static long chosen(String key, Layers layers, long needed) {
    String said = layers.overrides().get(key);
    if (said != null) {
      long bytes = bytes(key, said);
      require(key + " = " + said, bytes, needed, "raise it");
      return bytes;
    }
    String general = layers.defaults().get(key);
    return Math.max(rounded(needed), general == null ? 0 : bytes(key, general));
  }

  static void require(String what, long bytes, long needed, String remedy) {
    if (bytes < needed) {
      throw new SubmitRefusedException(
          what
              + ": the run needs about "
              + Bytes.of(needed)
              + "; "
              + remedy
              + ", or lower averaging.batch-size or the tasks of an executor (spark.executor.cores)");
    }
  }
}
