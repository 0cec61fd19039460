package io.earlybird.spark.run;

import io.earlybird.spark.store.FileStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rewrites a small file at an interval, so that others see that this process lives. */
final class Heartbeat implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  private final FileStore directory;
  private final String name;
  private final InstantSource clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Heartbeat::daemon);
  private long beats;

  private Heartbeat(FileStore directory, String name, InstantSource clock) {
    this.directory = directory;
    this.name = name;
    this.clock = clock;
  }

  static Heartbeat start(FileStore directory, String name, Duration interval, InstantSource clock) {
    Heartbeat heartbeat = new Heartbeat(directory, name, clock);
    heartbeat.beat();
    // Twice an interval: whoever watches for one interval sees it move.
    long period = Math.max(1, interval.toMillis() / 2);
    var unused =
        heartbeat.thread.scheduleAtFixedRate(
            heartbeat::beat, period, period, TimeUnit.MILLISECONDS);
    return heartbeat;
  }

  private void beat() {
    try {
      beats++;
      directory.writeText(name, beats + " " + clock.instant() + "\n");
    } catch (RuntimeException e) {
      LOG.warn("Heartbeat {} of {} was not written: {}", beats, name, e.getMessage());
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "earlybird-heartbeat");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(30, TimeUnit.SECONDS)) {
        LOG.warn("Heartbeat {} did not end within 30 s", name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
