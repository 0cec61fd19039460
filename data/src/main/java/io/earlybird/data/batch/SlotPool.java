package io.earlybird.data.batch;

import io.earlybird.data.image.ImageSettings;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Slots that readers give back, so that native memory does not grow from round to round; for any
 * thread.
 */
final class SlotPool {
  private final ImageSettings settings;
  private final Deque<Slot> free = new ArrayDeque<>();

  SlotPool(ImageSettings settings) {
    this.settings = settings;
  }

  synchronized Slot take(int capacity) {
    for (Slot slot : free) {
      if (slot.capacity() >= capacity) {
        free.remove(slot);
        return slot;
      }
    }
    return new Slot(settings, capacity);
  }

  synchronized void give(Slot slot) {
    free.push(slot);
  }
}
