package io.earlybird.data.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampleOrderTest {
  /** A data set and an order of it; its text is the name of the test. */
  record Case(long seed, int shards, int largest, int streams, int window) {
    int[] samplesPerShard() {
      return new SplittableRandom(seed).ints(shards, 1, largest + 1).toArray();
    }

    SampleOrder order(int epoch) {
      return new SampleOrder(samplesPerShard(), new OrderSettings(seed, streams, window), epoch);
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(1, 1, 50, 64, 4),
        new Case(2, 3, 50, 64, 1),
        new Case(3, 64, 9, 64, 2),
        new Case(4, 100, 20, 64, 3),
        new Case(5, 200, 7, 6, 4),
        new Case(6, 37, 100, 5, 100),
        new Case(7, 130, 1, 64, 2));
  }

  private static List<SampleId> all(SampleOrder order) {
    List<SampleId> ids = new ArrayList<>();
    for (long position = 0; position < order.samples(); position++) {
      ids.add(order.at(position));
    }
    return ids;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everySampleIsSeenExactlyOnce(Case example) {
    int[] samples = example.samplesPerShard();
    List<SampleId> ids = all(example.order(0));

    assertThat(ids).hasSize(Arrays.stream(samples).sum());
    assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
    assertThat(ids).allMatch(id -> id.sample() >= 0 && id.sample() < samples[id.shard()]);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isAFunctionOfItsInputsAlone(Case example) {
    List<SampleId> ids = all(example.order(3));

    assertThat(all(example.order(3))).isEqualTo(ids);
    SampleOrder backwards = example.order(3);
    for (int position = ids.size() - 1; position >= 0; position -= 3) {
      assertThat(backwards.at(position)).isEqualTo(ids.get(position));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void takesTheStreamsInTurnLeavingOutThoseThatEnded(Case example) {
    SampleOrder order = example.order(1);
    Map<Integer, Long> left = new HashMap<>();
    for (long position = 0; position < order.samples(); position++) {
      left.merge(order.stream(position), 1L, Long::sum);
    }
    long position = 0;
    while (position < order.samples()) {
      for (int stream = 0; stream < order.streams(); stream++) {
        if (left.getOrDefault(stream, 0L) > 0) {
          assertThat(order.stream(position)).isEqualTo(stream);
          left.merge(stream, -1L, Long::sum);
          position++;
        }
      }
    }
    assertThat(order.streams()).isEqualTo(Math.min(example.streams(), example.shards()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aStreamNeverHasMoreShardsOpenThanTheWindow(Case example) {
    SampleOrder order = example.order(2);
    int[] left = example.samplesPerShard();
    Map<Integer, Set<Integer>> open = new HashMap<>();
    for (long position = 0; position < order.samples(); position++) {
      int shard = order.at(position).shard();
      Set<Integer> inStream = open.computeIfAbsent(order.stream(position), k -> new HashSet<>());
      inStream.add(shard);
      assertThat(inStream).hasSizeLessThanOrEqualTo(example.window());
      if (--left[shard] == 0) {
        inStream.remove(shard);
      }
    }
    assertThat(open.values()).allMatch(Set::isEmpty);
  }

  @Test
  void seedAndEpochChangeTheOrder() {
    int[] samples = {30, 30, 30, 30};
    OrderSettings settings = new OrderSettings(1, 2, 2);
    List<SampleId> ids = all(new SampleOrder(samples, settings, 0));

    assertThat(all(new SampleOrder(samples, settings, 1))).isNotEqualTo(ids);
    assertThat(all(new SampleOrder(samples, new OrderSettings(2, 2, 2), 0))).isNotEqualTo(ids);
  }

  @Test
  void changingTheInputArrayAfterwardsChangesNothing() {
    int[] samples = {5, 5};
    OrderSettings settings = new OrderSettings(1, 2, 1);
    SampleOrder order = new SampleOrder(samples, settings, 0);
    samples[0] = 1;

    assertThat(all(order)).isEqualTo(all(new SampleOrder(new int[] {5, 5}, settings, 0)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16, 64})
  void whereRDividesKAReplicaReadsKOverRStreams(int replicas) {
    int[] samples = new int[128];
    Arrays.fill(samples, 10);
    SampleOrder order = new SampleOrder(samples, new OrderSettings(9, 64, 2), 0);
    for (int replica = 0; replica < replicas; replica++) {
      Set<Integer> streams = new HashSet<>();
      for (long position = replica; position < order.samples(); position += replicas) {
        streams.add(order.stream(position));
      }
      assertThat(streams).hasSize(64 / replicas);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aShuffledWindowIsNotTheOrderAtRest(long seed) {
    SampleOrder order = new SampleOrder(new int[] {1000}, new OrderSettings(seed, 64, 1), 0);
    int stayed = 0;
    for (int i = 0; i < 1000; i++) {
      stayed += order.at(i).sample() == i ? 1 : 0;
    }
    // The number of fixed points of a random permutation is Poisson distributed with mean 1.
    assertThat(stayed).isLessThan(10);
  }

  @Test
  void imageNetIsReachedAnywhereWithoutShufflingAllOfIt() {
    int[] samples = new int[1024];
    Arrays.fill(samples, 1251);
    SampleOrder order = new SampleOrder(samples, new OrderSettings(1, 64, 4), 89);

    assertThat(order.samples()).isEqualTo(1_281_024);
    assertThat(order.at(1_281_023)).isNotNull();
    assertThat(order.at(640_000)).isNotNull();
  }

  @Test
  void refusesPositionsOutsideTheEpoch() {
    SampleOrder order = new SampleOrder(new int[] {3, 2}, new OrderSettings(1, 64, 1), 0);

    assertThatThrownBy(() -> order.at(5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("No position 5 in an order of 5 samples");
    assertThatThrownBy(() -> order.at(-1)).hasMessageContaining("-1");
  }
}
