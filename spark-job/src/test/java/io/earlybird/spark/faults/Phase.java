package io.earlybird.spark.faults;

/** What a process is about to do when it announces a moment. */
enum Phase {
  /** The driver takes the run directory into possession. */
  START,
  /** A task of a round starts and will fetch what was broadcast. */
  BROADCAST,
  /** A task of a round reads the samples of its next steps. */
  COMPUTE,
  /** A task of a round starts to join slices. */
  REDUCE,
  /** A task of an evaluation starts or reads samples. */
  EVALUATION,
  /** The evaluation is over: masks are computed, the policy decides. */
  MASK,
  /** A file of a ticket is written. */
  TICKET,
  /** A file of a checkpoint is written, renamed or removed. */
  CHECKPOINT,
  /** The events are written. */
  EVENTS,
  /** A job or a checkpoint has begun; nobody waits for an answer. */
  ITEM_BEGAN,
  /** A job or a checkpoint is done; nobody waits for an answer. */
  ITEM_ENDED
}
