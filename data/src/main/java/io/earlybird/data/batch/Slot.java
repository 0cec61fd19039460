package io.earlybird.data.batch;

import io.earlybird.data.image.ImageSettings;
import io.earlybird.model.engine.Batch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** A batch in the making, with buffers that serve one batch after another. */
final class Slot {
  private final ImageSettings settings;
  private final FloatBuffer pixels;
  private final int[] labels;
  private final String[] failures;
  private final List<Future<?>> tasks = new ArrayList<>();
  private int step;
  private int size;

  Slot(ImageSettings settings, int capacity) {
    this.settings = settings;
    long bytes = (long) Float.BYTES * capacity * settings.shape().elements();
    this.pixels =
        ByteBuffer.allocateDirect(Math.toIntExact(bytes))
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    this.labels = new int[capacity];
    this.failures = new String[capacity];
  }

  int capacity() {
    return labels.length;
  }

  void begin(int newStep, int newSize) {
    step = newStep;
    size = newSize;
    tasks.clear();
  }

  int step() {
    return step;
  }

  FloatBuffer pixels() {
    return pixels;
  }

  void add(Future<?> task) {
    tasks.add(task);
  }

  void decoded(int index, int label) {
    labels[index] = label;
    failures[index] = null;
  }

  void failed(int index, String what) {
    failures[index] = what;
  }

  /** Waits until nothing writes into the buffers any more. */
  void await() throws InterruptedException, ExecutionException {
    for (Future<?> task : tasks) {
      task.get();
    }
  }

  /** Reasons of the samples that failed, in order. */
  List<String> failures() {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      if (failures[i] != null) {
        found.add(failures[i]);
      }
    }
    return found;
  }

  /** Closes the gaps that failed samples left; returns how many images remain. */
  int compact() {
    int image = settings.shape().elements();
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (failures[i] == null) {
        if (kept < i) {
          pixels.put(kept * image, pixels, i * image, image);
          labels[kept] = labels[i];
        }
        kept++;
      }
    }
    size = kept;
    return kept;
  }

  Batch batch() {
    return new Batch(size, settings.shape(), pixels, labels);
  }
}
