package io.earlybird.spark.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BackgroundTest {
  private final Background background = new Background();

  @Test
  void theCallerSeesToSomethingUntilTheWorkIsDone() {
    CountDownLatch seen = new CountDownLatch(2);
    Thread caller = Thread.currentThread();

    Boolean done =
        background.run(
            () -> seen.await(1, TimeUnit.MINUTES),
            () -> {
              assertThat(Thread.currentThread()).isSameAs(caller);
              seen.countDown();
            });

    assertThat(done).isTrue();
  }

  @Test
  void throwsWhatTheWorkThrows() {
    IOException failure = new IOException("the disk is gone");

    assertThatThrownBy(
            () ->
                background.run(
                    () -> {
                      throw failure;
                    },
                    () -> {}))
        .isSameAs(failure);
  }

  @Test
  void whenTheCallerFailsTheWorkIsInterrupted() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);

    assertThatThrownBy(
            () ->
                background.run(
                    () -> endless(begun, interrupted),
                    () -> {
                      if (begun.getCount() == 0) {
                        throw new IllegalStateException("the disk is full");
                      }
                    }))
        .hasMessage("the disk is full");
    assertThat(interrupted.await(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void anInterruptedCallerDoesNotWait() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    AtomicBoolean thrown = new AtomicBoolean();
    Thread caller =
        new Thread(
            () ->
                assertThatThrownBy(
                        () -> background.run(() -> endless(begun, interrupted), () -> {}))
                    .isInstanceOf(InterruptedException.class)
                    .satisfies(failure -> thrown.set(true)));
    caller.start();
    begun.await();
    caller.interrupt();
    caller.join(TimeUnit.MINUTES.toMillis(1));

    assertThat(thrown).isTrue();
    assertThat(interrupted.await(1, TimeUnit.MINUTES)).isTrue();
  }

  private static Void endless(CountDownLatch begun, CountDownLatch interrupted)
      throws InterruptedException {
    begun.countDown();
    try {
      new CountDownLatch(1).await();
      return null;
    } catch (InterruptedException e) {
      interrupted.countDown();
      throw e;
    }
  }
}
