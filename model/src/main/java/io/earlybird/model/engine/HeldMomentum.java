package io.earlybird.model.engine;

/** What becomes of the momentum of held entries, whose value is zero in either case. */
public enum HeldMomentum {
  /** It is zero, as is the gradient: the entry does not exist. */
  ZERO,
  /**
   * It goes on as that of any other entry: the gradient is dense, and only the value is set to zero
   * after each update (specification 4.5).
   */
  GOES_ON
}
