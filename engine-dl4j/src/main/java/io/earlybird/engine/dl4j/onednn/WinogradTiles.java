package io.earlybird.engine.dl4j.onednn;

import static io.earlybird.engine.dl4j.onednn.WinogradPoints.OUTPUTS;
import static io.earlybird.engine.dl4j.onednn.WinogradPoints.POINTS;

import io.earlybird.engine.dl4j.kernels.Dims;
import io.earlybird.engine.dl4j.kernels.Member;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Moves activations [N, H, W, C] to the points of their tiles of 4x4 pixels and back, some images
 * at a time.
 *
 * <p>Points are matrices [6, 6, images * tiles, C]. Tiles that reach beyond the image see zeros
 * there, and what they give there is left out. Loops inside go over the channels of a row of tiles.
 */
final class WinogradTiles {
  /** Rows or columns of the input that two neighboring tiles see. */
  private static final int OVERLAP = POINTS - OUTPUTS;

  private final Dims dims;
  private final int images;
  private final int high;
  private final int wide;
  private final int tileRow;
  private final int pixelRow;
  private final Rows[] rows;

  /** One image to its points, or back. */
  @FunctionalInterface
  private interface Pass {
    void over(Rows rows, int image, int place);
  }

  /**
   * Tiles of activations.
   *
   * @param dims extents of the activations
   * @param images whose points are kept at once
   * @param members that share the work
   */
  WinogradTiles(Dims dims, int images, int members) {
    this.dims = dims;
    this.images = images;
    high = along(dims.height());
    wide = along(dims.width());
    tileRow = wide * dims.channels();
    pixelRow = dims.width() * dims.channels();
    rows = new Rows[members];
    Arrays.setAll(rows, member -> new Rows());
    Math.multiplyExact(rows(), Math.multiplyExact(dims.channels(), POINTS * POINTS));
  }

  /** Tiles of an image. */
  static int of(Dims dims) {
    return along(dims.height()) * along(dims.width());
  }

  private static int along(int pixels) {
    return (pixels + OUTPUTS - 1) / OUTPUTS;
  }

  /** Rows of one matrix of points. */
  int rows() {
    return images * high * wide;
  }

  private int values() {
    return POINTS * POINTS * rows() * dims.channels();
  }

  /** Bytes of all points. */
  long bytes() {
    return (long) values() * Float.BYTES;
  }

  /**
   * B^T x B of what each tile sees: its pixels and one more on all sides.
   *
   * @param x activations of the batch
   * @param first of the images in the batch
   */
  void ofInput(FloatBuffer x, int first, long points, Member member) {
    FloatBuffer to = Address.buffer(points, values());
    eachImage(first, member, (rows, image, place) -> ofInput(rows, x, image, to, place));
  }

  private void ofInput(Rows rows, FloatBuffer x, int image, FloatBuffer points, int place) {
    int next = 0;
    for (int tile = 0; tile < high; tile++) {
      int top = tile * OUTPUTS;
      for (; next < top + POINTS; next++) {
        readPixels(rows, x, image, next - 1, 1, POINTS);
        WinogradPoints.ofInput(rows.taps, rows.grid[next % POINTS], tileRow);
      }
      for (int u = 0; u < POINTS; u++) {
        for (int tap = 0; tap < POINTS; tap++) {
          rows.line[tap] = rows.grid[(top + tap) % POINTS][u];
        }
        WinogradPoints.ofInput(rows.line, rows.taps, tileRow);
        writePoints(rows, points, place, tile, u);
      }
    }
  }

  /**
   * A dy A^T of the gradients of each tile's outputs.
   *
   * @param dy gradients of the batch
   * @param first of the images in the batch
   */
  void ofOutput(FloatBuffer dy, int first, long points, Member member) {
    FloatBuffer to = Address.buffer(points, values());
    eachImage(first, member, (rows, image, place) -> ofOutput(rows, dy, image, to, place));
  }

  private void ofOutput(Rows rows, FloatBuffer dy, int image, FloatBuffer points, int place) {
    for (int tile = 0; tile < high; tile++) {
      for (int tap = 0; tap < OUTPUTS; tap++) {
        readPixels(rows, dy, image, tile * OUTPUTS + tap, 0, OUTPUTS);
        WinogradPoints.ofOutput(rows.taps, rows.grid[tap], tileRow);
      }
      for (int u = 0; u < POINTS; u++) {
        for (int tap = 0; tap < OUTPUTS; tap++) {
          rows.line[tap] = rows.grid[tap][u];
        }
        WinogradPoints.ofOutput(rows.line, rows.taps, tileRow);
        writePoints(rows, points, place, tile, u);
      }
    }
  }

  /**
   * A^T m A: the outputs of each tile.
   *
   * @param y receives the outputs, in their place in the batch
   * @param first of the images in the batch
   */
  void toOutput(long points, FloatBuffer y, int first, Member member) {
    FloatBuffer from = Address.buffer(points, values());
    eachImage(first, member, (rows, image, place) -> toOutput(rows, from, place, y, image));
  }

  private void toOutput(Rows rows, FloatBuffer points, int place, FloatBuffer y, int image) {
    for (int tile = 0; tile < high; tile++) {
      for (int u = 0; u < POINTS; u++) {
        readPoints(rows, points, place, tile, u);
        WinogradPoints.toOutput(rows.taps, rows.grid[u], tileRow);
      }
      for (int tap = 0; tap < OUTPUTS; tap++) {
        for (int u = 0; u < POINTS; u++) {
          rows.line[u] = rows.grid[u][tap];
        }
        WinogradPoints.toOutput(rows.line, rows.taps, tileRow);
        writePixels(rows, y, image, tile * OUTPUTS + tap, 0);
      }
    }
  }

  /**
   * B m B^T: the gradients of the inputs, summed over the tiles that see them.
   *
   * @param dx receives the gradients, in their place in the batch
   * @param first of the images in the batch
   */
  void toInput(long points, FloatBuffer dx, int first, Member member) {
    FloatBuffer from = Address.buffer(points, values());
    eachImage(first, member, (rows, image, place) -> toInput(rows, from, place, dx, image));
  }

  private void toInput(Rows rows, FloatBuffer points, int place, FloatBuffer dx, int image) {
    for (int tile = 0; tile < high; tile++) {
      for (int u = 0; u < POINTS; u++) {
        keepOverlap(rows.grid[u], rows.above[u]);
        readPoints(rows, points, place, tile, u);
        WinogradPoints.toInput(rows.taps, rows.grid[u], tileRow);
        for (int i = 0; i < OVERLAP && tile > 0; i++) {
          add(rows.above[u][i], rows.grid[u][i], 0, tileRow);
        }
      }
      int complete = tile == high - 1 ? POINTS : OUTPUTS;
      for (int tap = 0; tap < complete; tap++) {
        for (int u = 0; u < POINTS; u++) {
          rows.line[u] = rows.grid[u][tap];
        }
        WinogradPoints.toInput(rows.line, rows.taps, tileRow);
        for (int i = 0; i < OVERLAP; i++) {
          add(rows.taps[OUTPUTS + i], rows.taps[i], dims.channels(), tileRow);
        }
        writePixels(rows, dx, image, tile * OUTPUTS + tap - 1, 1);
      }
    }
  }

  /** The last rows that a tile sees are the first ones of the tile below. */
  private static void keepOverlap(float[][] column, float[][] above) {
    for (int i = 0; i < OVERLAP; i++) {
      float[] free = above[i];
      above[i] = column[OUTPUTS + i];
      column[OUTPUTS + i] = free;
    }
  }

  /** Adds to the entries from {@code shift} on. */
  private static void add(float[] from, float[] to, int shift, int n) {
    for (int i = shift; i < n; i++) {
      to[i] += from[i - shift];
    }
  }

  private void eachImage(int first, Member member, Pass pass) {
    for (int place = member.begin(images); place < member.end(images); place++) {
      pass.over(rows[member.rank()], first + place, place);
    }
  }

  /**
   * Spreads a row of pixels over one array for each column of the tiles.
   *
   * @param before how many pixels the first tile begins before the image
   */
  private void readPixels(Rows rows, FloatBuffer x, int image, int pixel, int before, int columns) {
    if (pixel < 0 || pixel >= dims.height()) {
      for (int column = 0; column < columns; column++) {
        Arrays.fill(rows.taps[column], 0);
      }
      return;
    }
    int channels = dims.channels();
    x.get((image * dims.height() + pixel) * pixelRow, rows.pixels, channels, pixelRow);
    for (int column = 0; column < columns; column++) {
      for (int tile = 0; tile < wide; tile++) {
        int from = (tile * OUTPUTS + column + 1 - before) * channels;
        System.arraycopy(rows.pixels, from, rows.taps[column], tile * channels, channels);
      }
    }
  }

  /** The other way round; of the columns that tiles share, the first ones have the sums. */
  private void writePixels(Rows rows, FloatBuffer y, int image, int pixel, int before) {
    if (pixel < 0 || pixel >= dims.height()) {
      return;
    }
    int channels = dims.channels();
    for (int column = 0; column < OUTPUTS; column++) {
      for (int tile = 0; tile < wide; tile++) {
        int to = (tile * OUTPUTS + column + 1 - before) * channels;
        System.arraycopy(rows.taps[column], tile * channels, rows.sums, to, channels);
      }
    }
    if (before > 0) {
      int last = tileRow - channels;
      System.arraycopy(rows.taps[OUTPUTS], last, rows.sums, wide * OUTPUTS * channels, channels);
    }
    y.put((image * dims.height() + pixel) * pixelRow, rows.sums, channels, pixelRow);
  }

  private void writePoints(Rows rows, FloatBuffer points, int place, int tile, int u) {
    for (int v = 0; v < POINTS; v++) {
      points.put(start(place, tile, u, v), rows.taps[v], 0, tileRow);
    }
  }

  private void readPoints(Rows rows, FloatBuffer points, int place, int tile, int u) {
    for (int v = 0; v < POINTS; v++) {
      points.get(start(place, tile, u, v), rows.taps[v], 0, tileRow);
    }
  }

  /** Where a row of tiles begins in the matrix of a point. */
  private int start(int place, int tile, int u, int v) {
    return (v * POINTS + u) * rows() * dims.channels() + (place * high + tile) * tileRow;
  }

  /** What one thread works on. */
  private final class Rows {
    /** A row of pixels, with one before it and more behind it that stay zero. */
    private final float[] pixels = new float[(wide * OUTPUTS + POINTS) * dims.channels()];

    /** A row of pixels, with places before and behind it that are not looked at. */
    private final float[] sums = new float[pixels.length];

    /** One array for each column, or point, of the tiles of a row. */
    private final float[][] taps = LoopArrays.floats(POINTS, tileRow);

    private final float[][][] grid = LoopArrays.floats(POINTS, POINTS, tileRow);
    private final float[][][] above = LoopArrays.floats(POINTS, OVERLAP, tileRow);
    private final float[][] line = new float[POINTS][];
  }
}
