package io.earlybird.data.batch;

import io.earlybird.data.image.ImagePipeline;
import io.earlybird.data.image.ImageSettings;
import io.earlybird.data.image.UndecodableImageException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A fixed number of threads, each with an image pipeline of its own. */
final class DecodePool implements AutoCloseable {
  private static final long CLOSE_SECONDS = 60;

  private final int threads;
  private final ExecutorService executor;
  private final Queue<ImagePipeline> pipelines = new ConcurrentLinkedQueue<>();
  private final ThreadLocal<ImagePipeline> pipeline;

  DecodePool(int threads, ImageSettings settings) {
    this.threads = threads;
    this.pipeline = ThreadLocal.withInitial(() -> open(settings));
    this.executor = Executors.newFixedThreadPool(threads, DecodePool::thread);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "earlybird-decode");
    thread.setDaemon(true);
    return thread;
  }

  private ImagePipeline open(ImageSettings settings) {
    ImagePipeline opened = new ImagePipeline(settings);
    pipelines.add(opened);
    return opened;
  }

  /** Decodes the images of a step into a slot; {@link Slot#await} waits for it. */
  void decode(List<Fetched> images, Treatment treatment, Slot slot) {
    int share = (images.size() + threads - 1) / threads;
    for (int from = 0; from < images.size(); from += share) {
      int first = from;
      int end = Math.min(from + share, images.size());
      slot.add(executor.submit(() -> decode(images, first, end, treatment, slot)));
    }
  }

  private void decode(List<Fetched> images, int from, int end, Treatment treatment, Slot slot) {
    for (int i = from; i < end; i++) {
      Fetched image = images.get(i);
      try {
        treatment.apply(pipeline.get(), image, slot.pixels(), i);
        slot.decoded(i, image.label());
      } catch (UndecodableImageException e) {
        slot.failed(i, image.describe() + ": " + e.getMessage());
      }
    }
  }

  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "Decode threads did not end in " + CLOSE_SECONDS + " s; their buffers are not freed");
      }
      pipelines.forEach(ImagePipeline::close);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
