package io.earlybird.model.reference;

import io.earlybird.model.network.Convolution;
import io.earlybird.model.network.Shape;

/**
 * The patches that a convolution reads, one row for each sample and output pixel: [N * H' * W', I *
 * k * k]; values outside the image are 0.
 *
 * @param node the convolution
 * @param in shape of its source
 * @param out shape of its output
 */
record Patches(Convolution node, Shape in, Shape out) {
  /** Length of a row, I * k * k, in the order of the kernel's axes. */
  int length() {
    return in.channels() * node.kernel() * node.kernel();
  }

  /** What to do with one entry of a patch that lies inside the image. */
  private interface Visitor {
    void visit(int patchIndex, int sourceIndex);
  }

  /** Copies the source [N, I, H, W] into patches. */
  double[] of(double[] x) {
    double[] patches = new double[x.length / in.elements() * out.pixels() * length()];
    forEach(patches.length, (patch, source) -> patches[patch] = x[source]);
    return patches;
  }

  /** Adds the gradients of patches to those of the source. */
  void addTo(double[] dx, double[] patches) {
    forEach(patches.length, (patch, source) -> dx[source] += patches[patch]);
  }

  private void forEach(int values, Visitor visitor) {
    int rows = values / length();
    for (int row = 0; row < rows; row++) {
      int sample = row / out.pixels();
      int top = row % out.pixels() / out.width() * node.stride() - node.padding();
      int left = row % out.width() * node.stride() - node.padding();
      int patch = row * length();
      for (int channel = 0; channel < in.channels(); channel++) {
        int plane = (sample * in.channels() + channel) * in.pixels();
        for (int y = top; y < top + node.kernel(); y++) {
          for (int x = left; x < left + node.kernel(); x++) {
            if (y >= 0 && y < in.height() && x >= 0 && x < in.width()) {
              visitor.visit(patch, plane + y * in.width() + x);
            }
            patch++;
          }
        }
      }
    }
  }
}
