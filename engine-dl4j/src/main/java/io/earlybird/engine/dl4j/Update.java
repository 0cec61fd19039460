package io.earlybird.engine.dl4j;

import io.earlybird.engine.dl4j.kernels.HostThreads;
import io.earlybird.model.engine.HeldMomentum;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.parameters.HeldEntries;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The update of a step (specification 0.3 and 1.4), in float32, block by block so that the values
 * pass through the cache once.
 */
final class Update {
  private final FlatParameters flat;
  private final float[] momentum;
  private final HostThreads threads;
  private final List<Block> blocks = new ArrayList<>();
  private HeldEntries zeroed = HeldEntries.none();
  private HeldMomentum zeroedMomentum = HeldMomentum.ZERO;

  /** Values [start, start + length) of a trainable tensor. */
  private record Block(Segment segment, int start, int length) {}

  /**
   * Prepares.
   *
   * @param flat parameters and gradients
   * @param momentum in the layout of the network; changed by every update
   * @param threads that share the work
   */
  Update(FlatParameters flat, float[] momentum, HostThreads threads) {
    this.flat = flat;
    this.momentum = momentum;
    this.threads = threads;
    for (Segment segment : flat.segments()) {
      for (int start = 0;
          segment.role().trainable() && start < segment.length();
          start += BlockUpdate.LENGTH) {
        blocks.add(
            new Block(segment, start, Math.min(BlockUpdate.LENGTH, segment.length() - start)));
      }
    }
  }

  /** Says that values and momentum have been overwritten. */
  void valuesReplaced() {
    zeroed = HeldEntries.none();
  }

  /**
   * Sets held entries to zero, in value and, unless it goes on, momentum; nothing is done if
   * earlier updates have kept them so.
   */
  void hold(StepRule rule) {
    HeldEntries held = rule.held();
    if (held.equals(zeroed) && rule.heldMomentum() == zeroedMomentum) {
      return;
    }
    FloatBuffer all = flat.values();
    for (Segment segment : flat.segments()) {
      int offset = segment.entry().offset();
      for (int i = held.next(offset); i >= 0 && i < segment.entry().end(); i = held.next(i + 1)) {
        all.put(segment.flatIndex(i - offset), 0);
        if (rule.heldMomentum() == HeldMomentum.ZERO) {
          momentum[i] = 0;
        }
      }
    }
    flat.valuesChanged();
    zeroed = held;
    zeroedMomentum = rule.heldMomentum();
  }

  /**
   * Applies the rule to trainable tensors, and moves the running statistics.
   *
   * @return whether all gradients were finite
   */
  boolean apply(StepRule rule) {
    FloatBuffer allValues = flat.values();
    FloatBuffer allGradients = flat.gradients();
    AtomicBoolean finite = new AtomicBoolean(true);
    threads.run(
        blocks.size(),
        (first, end) -> {
          BlockUpdate update = new BlockUpdate(rule, momentum);
          for (Block block : blocks.subList(first, end)) {
            if (!update(block, update, allValues, allGradients)) {
              finite.set(false);
            }
          }
        });
    return moveRunningStatistics() && finite.get();
  }

  private static boolean update(
      Block block, BlockUpdate update, FloatBuffer allValues, FloatBuffer allGradients) {
    Segment segment = block.segment();
    segment.read(allValues, block.start(), update.values(), 0, block.length());
    segment.read(allGradients, block.start(), update.gradients(), 0, block.length());
    boolean finite =
        update.apply(segment.role(), segment.entry().offset() + block.start(), block.length());
    segment.write(update.values(), 0, allValues, block.start(), block.length());
    return finite;
  }

  /**
   * Moves the running statistics only: they have a gradient that is subtracted as it is.
   *
   * @return whether all of them are finite
   */
  boolean moveRunningStatistics() {
    FloatBuffer allValues = flat.values();
    FloatBuffer allGradients = flat.gradients();
    boolean finite = true;
    for (Segment segment : flat.segments()) {
      if (!segment.role().trainable()) {
        for (int i = segment.flatOffset(); i < segment.flatOffset() + segment.length(); i++) {
          float moved = allValues.get(i) - allGradients.get(i);
          finite &= Float.isFinite(moved);
          allValues.put(i, moved);
        }
      }
    }
    flat.valuesChanged();
    return finite;
  }
}
