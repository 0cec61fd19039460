package io.earlybird.pruning.surgery;

/**
 * How the channels of one node enter another.
 *
 * <p>Pairs of channel numbers of a {@link ChannelSpace}: channel {@code from[i]} of the source
 * becomes, or becomes part of, channel {@code to[i]} of the target.
 */
final class Flow {
  /** What an entering channel means to cutting. */
  enum Kind {
    /** Source and target channel are one: cut together or not at all. */
    COUPLED,
    /** The target picks channels: a kept target channel needs its source channel. */
    GATED,
    /** A writer adds its kept channels into a stream, which must have a place for them. */
    WRITTEN,
    /** A convolution or linear node reads the channel; targets are not channels. */
    READ
  }

  final Kind kind;
  final int[] from;
  final int[] to;

  Flow(Kind kind, int[] from, int[] to) {
    this.kind = kind;
    this.from = from;
    this.to = to;
  }
}
