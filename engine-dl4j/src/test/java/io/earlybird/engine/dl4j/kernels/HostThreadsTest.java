package io.earlybird.engine.dl4j.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostThreadsTest {
  @ParameterizedTest
  @CsvSource({"1, 7, 1", "3, 7, 3", "3, 2, 2", "4, 0, 1", "2, 1000001, 2"})
  void coversEveryIndexOnceInOneRangeAThread(int count, int indexes, int ranges) {
    AtomicIntegerArray seen = new AtomicIntegerArray(indexes);
    Set<Integer> begun = ConcurrentHashMap.newKeySet();
    try (HostThreads threads = new HostThreads(count)) {
      threads.run(
          indexes,
          (first, end) -> {
            begun.add(first);
            for (int i = first; i < end; i++) {
              seen.incrementAndGet(i);
            }
          });
    }
    assertThat(begun).hasSize(ranges);
    for (int i = 0; i < indexes; i++) {
      assertThat(seen.get(i)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "1"})
  void tellsWhatFailedWhereverItRan(int failing) {
    try (HostThreads threads = new HostThreads(2)) {
      assertThatThrownBy(
              () ->
                  threads.run(
                      2,
                      (first, end) -> {
                        if (first == failing) {
                          throw new IllegalArgumentException("index " + first);
                        }
                      }))
          .hasStackTraceContaining("index " + failing);
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "5"})
  void membersSeeWhatOthersWroteBeforeTheyMet(int members) {
    int[] written = new int[members];
    AtomicIntegerArray wrong = new AtomicIntegerArray(1);
    try (HostThreads threads = new HostThreads(members)) {
      threads.together(
          members,
          member -> {
            for (int round = 1; round <= 1000; round++) {
              written[member.rank()] = round;
              member.meet();
              for (int other : written) {
                if (other != round) {
                  wrong.incrementAndGet(0);
                }
              }
              member.meet();
            }
          });
    }
    assertThat(written).containsOnly(1000);
    assertThat(wrong.get(0)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2"})
  void nobodyWaitsForAMemberThatFailed(int failing) {
    try (HostThreads threads = new HostThreads(3)) {
      assertThatThrownBy(
              () ->
                  threads.together(
                      3,
                      member -> {
                        if (member.rank() == failing) {
                          throw new IllegalArgumentException("member " + failing);
                        }
                        member.meet();
                      }))
          .hasStackTraceContaining("member " + failing);
    }
  }
}
