package io.earlybird.engine.dl4j.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_a;
import static org.bytedeco.dnnl.global.dnnl.dnnl_ab;
import static org.bytedeco.dnnl.global.dnnl.dnnl_abc;
import static org.bytedeco.dnnl.global.dnnl.dnnl_abcd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_acb;
import static org.bytedeco.dnnl.global.dnnl.dnnl_acdb;
import static org.bytedeco.dnnl.global.dnnl.dnnl_ba;
import static org.bytedeco.dnnl.global.dnnl.dnnl_bf16;
import static org.bytedeco.dnnl.global.dnnl.dnnl_cdab;
import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_format_tag_any;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_create_with_strides;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_create_with_tag;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_equal;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_get_size;

import io.earlybird.engine.dl4j.kernels.Dims;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.nd4j.linalg.api.buffer.DataType;

/** Type, extents and order of a buffer; owns the oneDNN descriptor until closed. */
final class Layout implements AutoCloseable {
  private final dnnl_memory_desc descriptor = new dnnl_memory_desc();
  private final long rows;

  private Layout(DataType type, int tag, long... extents) {
    rows = extents[0];
    Status.check(
        dnnl_memory_desc_create_with_tag(descriptor, extents.length, extents, code(type), tag),
        "describe a buffer");
  }

  private Layout(DataType type, long[] extents, long[] strides) {
    rows = extents[0];
    Status.check(
        dnnl_memory_desc_create_with_strides(
            descriptor, extents.length, extents, code(type), strides),
        "describe a buffer");
  }

  private static int code(DataType type) {
    return switch (type) {
      case FLOAT -> dnnl_f32;
      case BFLOAT16 -> dnnl_bf16;
      default -> throw new IllegalArgumentException("Invalid type of activations: " + type);
    };
  }

  /** Activations in the order [N, H, W, C]. */
  static Layout activations(DataType type, Dims dims) {
    return new Layout(type, dnnl_acdb, dims.batch(), dims.channels(), dims.height(), dims.width());
  }

  /** Every so manieth pixel, in both directions, of activations in the order [N, H, W, C]. */
  static Layout strided(DataType type, Dims all, int stride, Dims taken) {
    long row = (long) all.width() * all.channels();
    return new Layout(
        type,
        new long[] {taken.batch(), taken.channels(), taken.height(), taken.width()},
        new long[] {all.height() * row, 1, stride * row, (long) stride * all.channels()});
  }

  /** A float32 kernel in the order [O, I, kH, kW]. */
  static Layout kernel(long out, long in, long kernel) {
    return new Layout(DataType.FLOAT, dnnl_abcd, out, in, kernel, kernel);
  }

  /** A float32 kernel in the order [O, kH, kW, I]. */
  static Layout kernelOutputsFirst(long out, long in, long kernel) {
    return new Layout(DataType.FLOAT, dnnl_acdb, out, in, kernel, kernel);
  }

  /** A float32 kernel in the order [kH, kW, O, I]. */
  static Layout kernelWindowsFirst(long out, long in, long kernel) {
    return new Layout(DataType.FLOAT, dnnl_cdab, out, in, kernel, kernel);
  }

  /** A kernel in whatever order a primitive likes. */
  static Layout anyKernel(DataType type, long out, long in, long kernel) {
    return new Layout(type, dnnl_format_tag_any, out, in, kernel, kernel);
  }

  /** A matrix in C order. */
  static Layout matrix(DataType type, long rows, long columns) {
    return new Layout(type, dnnl_ab, rows, columns);
  }

  /** A matrix whose transpose is in C order. */
  static Layout transposedMatrix(DataType type, long rows, long columns) {
    return new Layout(type, dnnl_ba, rows, columns);
  }

  /** Float32 matrices, each in C order. */
  static Layout matrices(long count, long rows, long columns) {
    return new Layout(DataType.FLOAT, dnnl_abc, count, rows, columns);
  }

  /** Float32 matrices whose transposes are in C order. */
  static Layout transposedMatrices(long count, long rows, long columns) {
    return new Layout(DataType.FLOAT, dnnl_acb, count, rows, columns);
  }

  /** A float32 vector. */
  static Layout vector(long length) {
    return new Layout(DataType.FLOAT, dnnl_a, length);
  }

  /** Extent of the first axis. */
  long rows() {
    return rows;
  }

  dnnl_memory_desc descriptor() {
    return descriptor;
  }

  static boolean equal(dnnl_memory_desc a, dnnl_memory_desc b) {
    return dnnl_memory_desc_equal(a, b) != 0;
  }

  static long bytes(dnnl_memory_desc descriptor) {
    return dnnl_memory_desc_get_size(descriptor);
  }

  @Override
  public void close() {
    dnnl_memory_desc_destroy(descriptor);
  }
}
