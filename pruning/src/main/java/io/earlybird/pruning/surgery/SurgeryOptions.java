package io.earlybird.pruning.surgery;

/**
 * How masks become a smaller network.
 *
 * @param rule treatment of coupled channels
 * @param zeroed treatment of members that are masked but kept
 * @param minimumWidth what is kept of an emptied layer
 * @param channelMultiple kept widths are rounded up to a multiple of this with the next most
 *     important channels, at most to the whole layer; at least 1
 */
public record SurgeryOptions(
    GroupRule rule, Zeroed zeroed, MinimumWidth minimumWidth, int channelMultiple) {
  public SurgeryOptions {
    if (channelMultiple < 1) {
      throw new IllegalArgumentException(
          "Invalid channel multiple " + channelMultiple + ": must be at least 1");
    }
  }

  /** Union, frozen, keep-largest, no rounding. */
  public static SurgeryOptions defaults() {
    return new SurgeryOptions(GroupRule.UNION, Zeroed.FROZEN, MinimumWidth.KEEP_LARGEST, 1);
  }

  /** The same options with another rule. */
  public SurgeryOptions withRule(GroupRule other) {
    return new SurgeryOptions(other, zeroed, minimumWidth, channelMultiple);
  }
}
