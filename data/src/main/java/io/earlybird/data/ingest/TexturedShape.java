package io.earlybird.data.ingest;

import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Draws one synthetic image: a shape of a class, filled with a texture, under changes that the
 * class does not depend on.
 *
 * <p>The class decides the outline (five kinds) and the texture (stripes or checks); beyond ten
 * classes also the hue. Place, size, rotation, colors, the direction, period and phase of the
 * texture, a background of two colors, an occluding bar and noise are random. The mean image of a
 * class is almost flat, so that a linear classifier on pixels has little to go by. Lengths are
 * fractions of the side; trigonometry is strict, so that every machine draws the same bytes.
 */
final class TexturedShape {
  private static final int OUTLINES = Outline.values().length;
  private static final int PLAIN_CLASSES = 2 * OUTLINES;
  private static final double MAX_TURN = 0.4;
  private static final double OCCLUSION = 0.4;

  private final int label;
  private final int classes;
  private final int side;
  private final SplittableRandom random;
  private final double[][] image;

  /** An image of class {@code label}, [side, side, 3]. */
  TexturedShape(int label, int classes, int side, SplittableRandom random) {
    this.label = label;
    this.classes = classes;
    this.side = side;
    this.random = random;
    this.image = new double[side * side][];
  }

  /** Name of a class. */
  static String name(int label) {
    String outline = Outline.values()[label % OUTLINES].name().toLowerCase(Locale.ROOT);
    String texture = label / OUTLINES % 2 == 0 ? "striped" : "checked";
    int hue = label / PLAIN_CLASSES;
    return texture + "-" + outline + (hue == 0 ? "" : "-" + hue);
  }

  /** Draws the image; once. */
  byte[] draw() {
    drawBackground();
    drawShape();
    if (random.nextDouble() < OCCLUSION) {
      drawBar();
    }
    return expose();
  }

  private double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  private double[] color(double hue, double saturation, double value) {
    double[] color = new double[3];
    for (int c = 0; c < 3; c++) {
      double wave = 0.5 + 0.5 * StrictMath.cos(2 * Math.PI * (hue - c / 3.0));
      color[c] = value * (1 - saturation * wave);
    }
    return color;
  }

  private static double[] mix(double[] a, double[] b, double share) {
    double[] mixed = new double[3];
    for (int c = 0; c < 3; c++) {
      mixed[c] = a[c] + share * (b[c] - a[c]);
    }
    return mixed;
  }

  private void drawBackground() {
    double[] from = color(random.nextDouble(), between(0, 0.6), between(0.1, 0.9));
    double[] to = color(random.nextDouble(), between(0, 0.6), between(0.1, 0.9));
    double angle = between(0, 2 * Math.PI);
    double dx = StrictMath.cos(angle) / side;
    double dy = StrictMath.sin(angle) / side;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double share = 0.5 + dx * (x - side / 2.0) + dy * (y - side / 2.0);
        image[y * side + x] = mix(from, to, Math.max(0, Math.min(1, share)));
      }
    }
  }

  /** Any hue for the plain classes; beyond them, one near the hue of the class. */
  private double hue() {
    if (classes <= PLAIN_CLASSES) {
      return random.nextDouble();
    }
    int group = label / PLAIN_CLASSES;
    return (group + between(-0.3, 0.3)) * PLAIN_CLASSES / classes;
  }

  private void drawShape() {
    Outline outline = Outline.values()[label % OUTLINES];
    double hue = hue();
    boolean bright = random.nextDouble() < 0.5;
    double[] first = color(hue, between(0.3, 0.9), bright ? between(0.75, 1) : between(0.4, 0.6));
    double[] second =
        color(hue + between(-0.1, 0.1), between(0.3, 0.9), between(0.05, bright ? 0.4 : 0.15));
    double radius = between(0.24, 0.42) * side;
    double centerX = (0.5 + between(-0.14, 0.14)) * side;
    double centerY = (0.5 + between(-0.14, 0.14)) * side;
    double turn = between(-MAX_TURN, MAX_TURN);
    double cos = StrictMath.cos(turn) / radius;
    double sin = StrictMath.sin(turn) / radius;
    Texture texture = texture();
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double dx = x + 0.5 - centerX;
        double dy = y + 0.5 - centerY;
        double u = cos * dx + sin * dy;
        double v = cos * dy - sin * dx;
        double cover = cover(outline, u, v, 0.25 / radius);
        if (cover > 0) {
          double[] fill = mix(first, second, texture.at(dx, dy));
          image[y * side + x] = mix(image[y * side + x], fill, cover);
        }
      }
    }
  }

  /** Share of four points around one that lie inside. */
  private static double cover(Outline outline, double u, double v, double half) {
    int inside = outline.covers(u - half, v - half) ? 1 : 0;
    inside += outline.covers(u + half, v - half) ? 1 : 0;
    inside += outline.covers(u - half, v + half) ? 1 : 0;
    inside += outline.covers(u + half, v + half) ? 1 : 0;
    return inside / 4.0;
  }

  /** Stripes are waves along one direction, checks the product of waves along two. */
  private record Texture(double ax, double ay, double phaseA, double phaseB, boolean checked) {
    double at(double x, double y) {
      double wave = StrictMath.sin(ax * x + ay * y + phaseA);
      if (checked) {
        wave *= StrictMath.sin(ax * y - ay * x + phaseB);
      }
      return Math.max(0, Math.min(1, 0.5 + 2 * wave));
    }
  }

  private Texture texture() {
    boolean checked = label / OUTLINES % 2 == 1;
    double angle = between(0, 2 * Math.PI);
    double frequency = 2 * Math.PI / (between(0.13, 0.22) * side);
    return new Texture(
        frequency * StrictMath.cos(angle),
        frequency * StrictMath.sin(angle),
        between(0, 2 * Math.PI),
        between(0, 2 * Math.PI),
        checked);
  }

  private void drawBar() {
    double[] fill = color(random.nextDouble(), between(0, 0.8), between(0.1, 0.9));
    double angle = between(0, Math.PI);
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    double offset = between(-0.3, 0.3) * side;
    double width = between(0.04, 0.1) * side;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double distance = cos * (x - side / 2.0) + sin * (y - side / 2.0) - offset;
        if (Math.abs(distance) < width) {
          image[y * side + x] = fill;
        }
      }
    }
  }

  /** Contrast, brightness and noise, then 8 bits. */
  private byte[] expose() {
    double contrast = between(0.6, 1.1);
    double brightness = between(-0.15, 0.15);
    double noise = between(0.02, 0.12);
    byte[] pixels = new byte[3 * image.length];
    for (int i = 0; i < pixels.length; i++) {
      double level = 0.5 + contrast * (image[i / 3][i % 3] - 0.5) + brightness + noise * normal();
      pixels[i] = (byte) Math.max(0, Math.min(255, (int) (255 * level + 0.5)));
    }
    return pixels;
  }

  /** The sum of four uniform numbers, with mean 0 and deviation 1: near enough to normal. */
  private double normal() {
    double sum = random.nextDouble() + random.nextDouble() + random.nextDouble();
    return (sum + random.nextDouble() - 2) * Math.sqrt(3);
  }
}
