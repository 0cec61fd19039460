package io.earlybird.spark.replica;

import io.earlybird.model.engine.Device;
import io.earlybird.model.engine.Replica;
import io.earlybird.spark.submit.ExecutorMemory;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A replica with the one thread that opens, uses and closes it.
 *
 * <p>Native libraries keep work spaces and OpenMP teams for each thread that calls them: Spark's
 * task threads come and go, and each would leave its own behind.
 */
final class ResidentReplica {
  private final ReplicaKey key;
  private final Device device;
  private final ExecutorService thread;
  private final Replica replica;

  private ResidentReplica(ReplicaKey key, Device device, ExecutorService thread, Replica replica) {
    this.key = key;
    this.device = device;
    this.thread = thread;
    this.replica = replica;
  }

  static ResidentReplica open(ReplicaKey key, Device device) throws IOException {
    ExecutorMemory.requireEnough();
    ExecutorService thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread trainer = new Thread(work, "replica-generation-" + key.generation());
              trainer.setDaemon(true);
              return trainer;
            });
    try {
      return new ResidentReplica(key, device, thread, await(thread.submit(() -> key.open(device))));
    } catch (IOException | RuntimeException | Error e) {
      thread.shutdownNow();
      throw e;
    }
  }

  ReplicaKey key() {
    return key;
  }

  Device device() {
    return device;
  }

  <T> T run(ReplicaWork<T> work) throws IOException {
    return await(thread.submit(() -> work.with(replica)));
  }

  /** Closes the replica once what it is doing has ended; does not wait for that. */
  void close() {
    thread.execute(replica::close);
    thread.shutdown();
  }

  private static <T> T await(Future<T> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("Task was cancelled").initCause(e);
    } catch (ExecutionException e) {
      throw rethrow(e.getCause());
    }
  }

  private static IOException rethrow(Throwable cause) {
    if (cause instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof IOException checked
        ? checked
        : new IOException("Cannot use the replica: " + cause, cause);
  }
}
