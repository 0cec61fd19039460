package io.earlybird.engine.dl4j.onednn;

import static io.earlybird.engine.dl4j.onednn.WinogradPoints.KERNEL;
import static io.earlybird.engine.dl4j.onednn.WinogradPoints.POINTS;

import io.earlybird.engine.dl4j.kernels.Member;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** Moves 3x3 kernels [3, 3, entries] to their points [6, 6, entries], and gradients back. */
final class WinogradKernels {
  /** Entries that are worked on at once: all arrays of a thread fit its cache. */
  private static final int BLOCK = 512;

  private final int entries;
  private final Block[] blocks;

  /**
   * Kernels.
   *
   * @param entries O * I
   * @param members that share the work
   */
  WinogradKernels(int entries, int members) {
    this.entries = entries;
    blocks = new Block[members];
    Arrays.setAll(blocks, member -> new Block());
    Math.multiplyExact(entries, POINTS * POINTS);
  }

  /** Bytes of a kernel. */
  long bytes() {
    return (long) KERNEL * KERNEL * entries * Float.BYTES;
  }

  /** Bytes of its points. */
  long pointBytes() {
    return (long) POINTS * POINTS * entries * Float.BYTES;
  }

  /** G w G^T, of a kernel at an address to points at another. */
  void toPoints(long kernel, long points, Member member) {
    FloatBuffer from = Address.buffer(kernel, bytes() / Float.BYTES);
    FloatBuffer to = Address.buffer(points, pointBytes() / Float.BYTES);
    inBlocks(member, (block, first, count) -> toPoints(block, from, to, first, count));
  }

  private void toPoints(Block block, FloatBuffer kernel, FloatBuffer points, int first, int count) {
    for (int h = 0; h < KERNEL; h++) {
      for (int w = 0; w < KERNEL; w++) {
        kernel.get((h * KERNEL + w) * entries + first, block.line[w], 0, count);
      }
      WinogradPoints.ofKernel(block.line, block.rows[h], count);
    }
    for (int u = 0; u < POINTS; u++) {
      for (int h = 0; h < KERNEL; h++) {
        block.column[h] = block.rows[h][u];
      }
      WinogradPoints.ofKernel(block.column, block.line, count);
      for (int v = 0; v < POINTS; v++) {
        points.put((v * POINTS + u) * entries + first, block.line[v], 0, count);
      }
    }
  }

  /** G^T m G, of gradients at the points at an address to that of the kernel at another. */
  void fromPoints(long points, long kernel, Member member) {
    FloatBuffer from = Address.buffer(points, pointBytes() / Float.BYTES);
    FloatBuffer to = Address.buffer(kernel, bytes() / Float.BYTES);
    inBlocks(member, (block, first, count) -> fromPoints(block, from, to, first, count));
  }

  private void fromPoints(
      Block block, FloatBuffer points, FloatBuffer kernel, int first, int count) {
    for (int u = 0; u < POINTS; u++) {
      for (int v = 0; v < POINTS; v++) {
        points.get((v * POINTS + u) * entries + first, block.line[v], 0, count);
      }
      WinogradPoints.toKernel(block.line, block.rows[u], count);
    }
    for (int h = 0; h < KERNEL; h++) {
      for (int u = 0; u < POINTS; u++) {
        block.column[u] = block.rows[u][h];
      }
      WinogradPoints.toKernel(block.column, block.line, count);
      for (int w = 0; w < KERNEL; w++) {
        kernel.put((h * KERNEL + w) * entries + first, block.line[w], 0, count);
      }
    }
  }

  private void inBlocks(Member member, Pass pass) {
    int count = (entries + BLOCK - 1) / BLOCK;
    for (int i = member.begin(count); i < member.end(count); i++) {
      int first = i * BLOCK;
      pass.over(blocks[member.rank()], first, Math.min(BLOCK, entries - first));
    }
  }

  /** What happens to some entries. */
  @FunctionalInterface
  private interface Pass {
    void over(Block block, int first, int count);
  }

  /** Entries that one thread works on. */
  private static final class Block {
    private final float[][] line = LoopArrays.floats(POINTS, BLOCK);
    private final float[][][] rows = LoopArrays.floats(POINTS, POINTS, BLOCK);
    private final float[][] column = new float[POINTS][];
  }
}
