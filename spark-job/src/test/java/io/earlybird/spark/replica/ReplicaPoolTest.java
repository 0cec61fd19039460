package io.earlybird.spark.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.Replica;
import io.earlybird.model.network.NetworkJson;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ReplicaPoolTest {
  private static final String NETWORK = NetworkJson.write(Networks.named("demo-resnet", 3, 16));

  private final ReplicaPool pool = new ReplicaPool();

  @Test
  void aReplicaIsUsedAgainOnItsOwnThread() throws IOException {
    Replica first = pool.use(key(0), replica -> replica);
    Replica second = pool.use(key(0), replica -> replica);
    String thread = pool.use(key(0), replica -> Thread.currentThread().getName());

    assertThat(second).isSameAs(first);
    assertThat(thread).isEqualTo("replica-generation-0");
    assertThat(pool.idle()).isEqualTo(1);
  }

  @Test
  void anotherGenerationClosesWhatLiesIdle() throws IOException {
    Replica dense = pool.use(key(0), replica -> replica);
    Replica ticket = pool.use(key(1), replica -> replica);

    assertThat(ticket).isNotSameAs(dense);
    assertThat(pool.idle()).isEqualTo(1);
  }

  @Test
  void holdsAsManyAsAreUsedAtTheSameTime() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    ExecutorService tasks = Executors.newFixedThreadPool(2);
    Future<Replica> first = tasks.submit(() -> pool.use(key(0), replica -> meet(replica, both)));
    Future<Replica> second = tasks.submit(() -> pool.use(key(0), replica -> meet(replica, both)));

    assertThat(first.get()).isNotSameAs(second.get());
    assertThat(pool.idle()).isEqualTo(2);
    tasks.shutdown();
  }

  @Test
  void aReplicaThatFailedIsNotUsedAgain() throws IOException {
    Replica first = pool.use(key(0), replica -> replica);

    assertThatThrownBy(
            () ->
                pool.use(
                    key(0),
                    replica -> {
                      throw new IOException("shard is gone");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("shard is gone");
    assertThat(pool.idle()).isZero();
    Replica next = pool.use(key(0), replica -> replica);
    assertThat(next).isNotSameAs(first);
  }

  @Test
  void clearingChangesNothingButTheInstance() throws IOException {
    Replica before = pool.use(key(0), replica -> replica);
    pool.clear();
    Replica after = pool.use(key(0), replica -> replica);

    assertThat(after).isNotSameAs(before);
    assertThat(after.network()).isEqualTo(before.network());
  }

  private static Replica meet(Replica replica, CountDownLatch both) {
    both.countDown();
    try {
      both.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return replica;
  }

  private static ReplicaKey key(int generation) {
    return new ReplicaKey("test", generation, NETWORK, "reference", Precision.FLOAT64, 1);
  }
}
