package io.earlybird.model.reference;

/** Adds whole channels of one activation [N, C, H, W] to channels of another. */
final class ChannelCopy {
  private ChannelCopy() {}

  /**
   * Adds channel {@code fromChannel} of {@code from} to channel {@code intoChannel} of {@code
   * into}, for every sample.
   *
   * @param fromChannels C of {@code from}
   * @param intoChannels C of {@code into}
   * @param pixels H * W of both
   */
  static void add(
      double[] from,
      int fromChannels,
      int fromChannel,
      double[] into,
      int intoChannels,
      int intoChannel,
      int pixels) {
    int samples = from.length / (fromChannels * pixels);
    for (int n = 0; n < samples; n++) {
      int source = (n * fromChannels + fromChannel) * pixels;
      int target = (n * intoChannels + intoChannel) * pixels;
      for (int i = 0; i < pixels; i++) {
        into[target + i] += from[source + i];
      }
    }
  }
}
