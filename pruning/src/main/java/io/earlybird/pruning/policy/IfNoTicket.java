package io.earlybird.pruning.policy;

/** What happens if no ticket emerges at the switch ratio. */
public enum IfNoTicket {
  /** The dense network is trained to the end. */
  CONTINUE_DENSE,
  /** The last mask is cut after the last epoch: the classic late ticket. */
  SWITCH_AT_END
}
