package io.earlybird.spark.tensorboard;

import io.earlybird.pruning.detection.DistanceMatrix;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import org.nd4j.shade.protobuf.ByteString;

/**
 * Pairwise mask distances as a PNG (You et al. 2020, Figure 3): one square for each pair of epochs,
 * the first epoch at the top left.
 *
 * <p>Colors mean the same in every image: from dark for equal masks to bright for a distance of
 * {@value #BRIGHTEST}, which is what masks that have nothing to do with each other have at a ratio
 * of one half, 2 p (1 - p).
 *
 * @param side width and height in pixels
 * @param png content of the file
 */
record MatrixImage(int side, ByteString png) {
  private static final double BRIGHTEST = 0.5;
  private static final int COLORS = 256;
  private static final int LEAST_SIDE = 256;

  /** Dark red to bright, as the report has it; R, G, B at equal steps. */
  private static final int[][] RAMP = {
    {0x7f, 0x00, 0x00},
    {0xd7, 0x30, 0x1f},
    {0xfc, 0x8d, 0x59},
    {0xfd, 0xd4, 0x9e},
    {0xff, 0xf7, 0xec}
  };

  private static final IndexColorModel PALETTE =
      new IndexColorModel(Byte.SIZE, COLORS, channel(0), channel(1), channel(2));

  /**
   * The image of the first epochs of a matrix.
   *
   * @param epochs 1 to {@code matrix.size()}
   */
  static MatrixImage of(DistanceMatrix matrix, int epochs) {
    int cell = (LEAST_SIDE + epochs - 1) / epochs;
    int side = cell * epochs;
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_INDEXED, PALETTE);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        image.getRaster().setSample(x, y, 0, color(matrix.at(y / cell, x / cell)));
      }
    }
    return new MatrixImage(side, encoded(image));
  }

  private static int color(double distance) {
    return (int) Math.min(COLORS - 1, Math.round(distance / BRIGHTEST * (COLORS - 1)));
  }

  private static byte[] channel(int rgb) {
    byte[] values = new byte[COLORS];
    for (int i = 0; i < COLORS; i++) {
      double place = (double) i * (RAMP.length - 1) / (COLORS - 1);
      int left = (int) Math.min(place, RAMP.length - 2);
      double share = place - left;
      values[i] = (byte) Math.round((1 - share) * RAMP[left][rgb] + share * RAMP[left + 1][rgb]);
    }
    return values;
  }

  private static ByteString encoded(BufferedImage image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, "png", out)) {
        throw new IllegalStateException("Every Java platform writes PNG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write to memory", e);
    }
    return ByteString.copyFrom(out.toByteArray());
  }
}
