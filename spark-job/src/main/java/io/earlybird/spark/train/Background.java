package io.earlybird.spark.train;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Work on a thread of its own, whose caller waits for it and sees to something meanwhile. */
final class Background {
  private static final long LOOK_MILLIS = 200;
  private static final long IDLE_SECONDS = 60;

  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Background::daemon);

  Background() {
    thread.allowCoreThreadTimeOut(true); // nobody has to close it
  }

  /**
   * Runs work to its end; what it throws is thrown, declared or not, as Scala does it.
   *
   * @param meanwhile is run by the calling thread, again and again as long as the work lasts; if it
   *     throws, or if the caller is interrupted, the work is interrupted and not waited for
   */
  <T> T run(Callable<T> work, Runnable meanwhile) {
    Future<T> future = thread.submit(work);
    try {
      while (true) {
        try {
          return future.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          meanwhile.run();
        }
      }
    } catch (ExecutionException e) {
      throw Background.<RuntimeException>undeclared(e.getCause());
    } catch (InterruptedException e) {
      throw Background.<RuntimeException>undeclared(e);
    } finally {
      future.cancel(true);
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> RuntimeException undeclared(Throwable failure) throws E {
    throw (E) failure;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "round");
    thread.setDaemon(true);
    return thread;
  }
}
