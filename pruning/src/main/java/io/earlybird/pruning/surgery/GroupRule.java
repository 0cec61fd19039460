package io.earlybird.pruning.surgery;

/** What happens to channels that several layers write (specification 2.6, 2.7). */
public enum GroupRule {
  /** Coupled channels are left whole; their masked members are zeroed. */
  INNER_ONLY("inner-only"),
  /** A coupled channel goes when every member masks it. */
  UNION("union"),
  /** As union, and each writer computes its own kept channels, added at their positions. */
  SCATTER("scatter"),
  /**
   * Structure only, as the authors' code treats ResNet-50: widths are kept counts, values are drawn
   * anew. Does not preserve the function.
   */
  WIDTH_TRANSFER("width-transfer");

  private final String settingName;

  GroupRule(String settingName) {
    this.settingName = settingName;
  }

  /** Name in settings and events. */
  public String settingName() {
    return settingName;
  }
}
