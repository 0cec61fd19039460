package io.earlybird.data.ingest;

/** Outlines of the synthetic shapes in coordinates where they fill about [-1, 1] x [-1, 1]. */
enum Outline {
  DISK {
    @Override
    boolean covers(double x, double y) {
      return x * x + y * y < 1;
    }
  },
  SQUARE {
    @Override
    boolean covers(double x, double y) {
      return Math.max(Math.abs(x), Math.abs(y)) < 0.85;
    }
  },
  TRIANGLE {
    @Override
    boolean covers(double x, double y) {
      return y < 0.8 && y > 2 * Math.abs(x) - 1;
    }
  },
  CROSS {
    @Override
    boolean covers(double x, double y) {
      double near = Math.min(Math.abs(x), Math.abs(y));
      return near < 0.36 && Math.max(Math.abs(x), Math.abs(y)) < 1;
    }
  },
  RING {
    @Override
    boolean covers(double x, double y) {
      double square = x * x + y * y;
      return square < 1 && square > 0.25;
    }
  };

  /** Whether a point is inside. */
  abstract boolean covers(double x, double y);
}
