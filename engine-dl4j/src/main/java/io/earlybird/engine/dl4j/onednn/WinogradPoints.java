package io.earlybird.engine.dl4j.onednn;

/**
 * The one-dimensional maps of F(4, 3): four outputs of a convolution of extent 3 by six products.
 *
 * <p>Polynomials of degree 5 are told by their values at 0, p, -p, q, -q and their leading
 * coefficient. With p = 3/4 and q = 3/2 all constants of the maps of activations are exact in
 * float32, and results lie half as far from exact ones as with the usual 1 and 2.
 *
 * <p>Every map works on the first {@code n} entries of its arrays, which hold one entry of the
 * vector each, so that its loop compiles to vector instructions. Source: Lavin and Gray, Fast
 * Algorithms for Convolutional Neural Networks, CVPR 2016 (arXiv 1509.09308), with other points.
 */
final class WinogradPoints {
  /** Entries of the input that four outputs see, and products that they take. */
  static final int POINTS = 6;

  /** Outputs of a tile along one axis. */
  static final int OUTPUTS = 4;

  /** Extent of the kernel. */
  static final int KERNEL = 3;

  private static final float P = 0.75f;
  private static final float Q = 1.5f;
  private static final float P2 = P * P;
  private static final float Q2 = Q * Q;
  private static final float P3 = P2 * P;
  private static final float Q3 = Q2 * Q;
  private static final float P2Q2 = P2 * Q2;
  private static final float P2_PLUS_Q2 = P2 + Q2;
  private static final float AT_ZERO = 1 / P2Q2;
  private static final float AT_P = 1 / (2 * P2 * (P2 - Q2));
  private static final float AT_Q = 1 / (2 * Q2 * (Q2 - P2));

  private WinogradPoints() {}

  /** Six entries of the input to the points: B^T. */
  static void ofInput(float[][] x, float[][] points, int n) {
    line(P2Q2, x[0], -P2_PLUS_Q2, x[2], x[4], points[0], n);
    sum(1, x[4], -Q2, x[2], P, x[3], -P * Q2, x[1], points[1], n);
    sum(1, x[4], -Q2, x[2], -P, x[3], P * Q2, x[1], points[2], n);
    sum(1, x[4], -P2, x[2], Q, x[3], -Q * P2, x[1], points[3], n);
    sum(1, x[4], -P2, x[2], -Q, x[3], Q * P2, x[1], points[4], n);
    line(P2Q2, x[1], -P2_PLUS_Q2, x[3], x[5], points[5], n);
  }

  /** Products at the points to the gradient of the six entries of the input: B. */
  static void toInput(float[][] points, float[][] x, int n) {
    scaled(P2Q2, points[0], x[0], n);
    odd(P2Q2, points[5], -P * Q2, -Q * P2, points, x[1], n);
    even(-P2_PLUS_Q2, points[0], -Q2, -P2, points, x[2], n);
    odd(-P2_PLUS_Q2, points[5], P, Q, points, x[3], n);
    even(1, points[0], 1, 1, points, x[4], n);
    scaled(1, points[5], x[5], n);
  }

  /** Products at the points to four outputs: A^T. */
  static void toOutput(float[][] points, float[][] y, int n) {
    even(1, points[0], 1, 1, points, y[0], n);
    odd(0, points[5], P, Q, points, y[1], n);
    even(0, points[0], P2, Q2, points, y[2], n);
    odd(1, points[5], P3, Q3, points, y[3], n);
  }

  /** Gradients of four outputs to the points: A. */
  static void ofOutput(float[][] y, float[][] points, int n) {
    scaled(1, y[0], points[0], n);
    sum(1, y[0], P2, y[2], P, y[1], P3, y[3], points[1], n);
    sum(1, y[0], P2, y[2], -P, y[1], -P3, y[3], points[2], n);
    sum(1, y[0], Q2, y[2], Q, y[1], Q3, y[3], points[3], n);
    sum(1, y[0], Q2, y[2], -Q, y[1], -Q3, y[3], points[4], n);
    scaled(1, y[3], points[5], n);
  }

  /** Three kernel entries to the points: G. */
  static void ofKernel(float[][] w, float[][] points, int n) {
    scaled(AT_ZERO, w[0], points[0], n);
    sum(AT_P, w[0], AT_P * P2, w[2], AT_P * P, w[1], 0, w[1], points[1], n);
    sum(AT_P, w[0], AT_P * P2, w[2], -AT_P * P, w[1], 0, w[1], points[2], n);
    sum(AT_Q, w[0], AT_Q * Q2, w[2], AT_Q * Q, w[1], 0, w[1], points[3], n);
    sum(AT_Q, w[0], AT_Q * Q2, w[2], -AT_Q * Q, w[1], 0, w[1], points[4], n);
    scaled(1, w[2], points[5], n);
  }

  /** Gradients at the points to the gradient of three kernel entries: G^T. */
  static void toKernel(float[][] points, float[][] w, int n) {
    even(AT_ZERO, points[0], AT_P, AT_Q, points, w[0], n);
    odd(0, points[5], AT_P * P, AT_Q * Q, points, w[1], n);
    even(1, points[5], AT_P * P2, AT_Q * Q2, points, w[2], n);
  }

  private static void scaled(float k, float[] a, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = k * a[i];
    }
  }

  private static void line(float k, float[] a, float l, float[] b, float[] c, float[] to, int n) {
    for (int i = 0; i < n; i++) {
      to[i] = k * a[i] + l * b[i] + c[i];
    }
  }

  /** The even part of a polynomial plus its odd part. */
  private static void sum(
      float k,
      float[] a,
      float l,
      float[] b,
      float m,
      float[] c,
      float o,
      float[] d,
      float[] to,
      int n) {
    for (int i = 0; i < n; i++) {
      to[i] = k * a[i] + l * b[i] + (m * c[i] + o * d[i]);
    }
  }

  private static void even(
      float k, float[] single, float l, float m, float[][] points, float[] to, int n) {
    even(k, single, l, points[1], points[2], m, points[3], points[4], to, n);
  }

  private static void even(
      float k,
      float[] single,
      float l,
      float[] plusP,
      float[] minusP,
      float m,
      float[] plusQ,
      float[] minusQ,
      float[] to,
      int n) {
    for (int i = 0; i < n; i++) {
      to[i] = k * single[i] + l * (plusP[i] + minusP[i]) + m * (plusQ[i] + minusQ[i]);
    }
  }

  private static void odd(
      float k, float[] single, float l, float m, float[][] points, float[] to, int n) {
    odd(k, single, l, points[1], points[2], m, points[3], points[4], to, n);
  }

  private static void odd(
      float k,
      float[] single,
      float l,
      float[] plusP,
      float[] minusP,
      float m,
      float[] plusQ,
      float[] minusQ,
      float[] to,
      int n) {
    for (int i = 0; i < n; i++) {
      to[i] = k * single[i] + l * (plusP[i] - minusP[i]) + m * (plusQ[i] - minusQ[i]);
    }
  }
}
