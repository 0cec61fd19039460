package io.earlybird.engine.dl4j.onednn;

import static io.earlybird.engine.dl4j.onednn.WinogradPoints.POINTS;

import io.earlybird.engine.dl4j.kernels.HostThreads;
import io.earlybird.engine.dl4j.kernels.Member;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The 36 matrix products of points and kernels, one for each point: [tiles, I] and [O, I] to
 * [tiles, O], and their gradients. Each member of a team has its share, compiled for one thread.
 */
final class WinogradProducts implements AutoCloseable {
  private static final int PRODUCTS = POINTS * POINTS;

  private final long inputBytes;
  private final long outputBytes;
  private final long kernelBytes;
  private final Share[] shares;

  /** Products of some points, with scratch memory of their own. */
  private record Share(
      Context context,
      int first,
      Primitive forward,
      Primitive backwardData,
      Primitive backwardWeights,
      Primitive moreBackwardWeights) {}

  /**
   * Compiles the products.
   *
   * @param tiles rows of the matrix of a point
   * @param in channels I
   * @param out channels O
   * @param members that share the products, at most as many
   */
  WinogradProducts(int tiles, int in, int out, int members) {
    inputBytes = (long) tiles * in * Float.BYTES;
    outputBytes = (long) tiles * out * Float.BYTES;
    kernelBytes = (long) out * in * Float.BYTES;
    shares = new Share[members];
    OpenMp.alone(
        () -> {
          for (int i = 0; i < members; i++) {
            int first = HostThreads.begin(i, members, PRODUCTS);
            int count = HostThreads.begin(i + 1, members, PRODUCTS) - first;
            shares[i] = share(first, count, tiles, in, out);
          }
        });
  }

  private static Share share(int first, int count, int tiles, int in, int out) {
    Context context = new Context(DataType.FLOAT, HostThreads.one());
    String what = "multiply points of " + tiles + " tiles, " + in + " to " + out + " channels";
    try (Layout inputs = Layout.matrices(count, tiles, in);
        Layout outputs = Layout.matrices(count, tiles, out);
        Layout transposedOutputs = Layout.transposedMatrices(count, out, tiles);
        Layout kernels = Layout.matrices(count, out, in);
        Layout transposedKernels = Layout.transposedMatrices(count, in, out)) {
      return new Share(
          context,
          first,
          MatrixProduct.of(context, what, inputs, transposedKernels, outputs),
          MatrixProduct.of(context, what, outputs, kernels, inputs),
          MatrixProduct.of(context, what, transposedOutputs, inputs, kernels),
          MatrixProduct.of(context, what, transposedOutputs, inputs, kernels, context.adding()));
    }
  }

  /** Points of the output, from those of the input and the kernel. */
  void forward(long inputs, long kernels, long outputs, Member member) {
    Share share = shares[member.rank()];
    OpenMp.alone(
        () ->
            share.forward.run(
                inputs + share.first * inputBytes,
                kernels + share.first * kernelBytes,
                outputs + share.first * outputBytes));
  }

  /** Gradients at the points of the input. */
  void backwardData(long outputs, long kernels, long inputs, Member member) {
    Share share = shares[member.rank()];
    OpenMp.alone(
        () ->
            share.backwardData.run(
                outputs + share.first * outputBytes,
                kernels + share.first * kernelBytes,
                inputs + share.first * inputBytes));
  }

  /** Gradients at the points of the kernel, or more of them to add to those that are there. */
  void backwardWeights(long outputs, long inputs, long kernels, boolean more, Member member) {
    Share share = shares[member.rank()];
    Primitive product = more ? share.moreBackwardWeights : share.backwardWeights;
    OpenMp.alone(
        () ->
            product.run(
                outputs + share.first * outputBytes,
                inputs + share.first * inputBytes,
                kernels + share.first * kernelBytes));
  }

  @Override
  public void close() {
    for (Share share : shares) {
      share.forward.close();
      share.backwardData.close();
      share.backwardWeights.close();
      share.moreBackwardWeights.close();
      share.context.close();
    }
  }
}
