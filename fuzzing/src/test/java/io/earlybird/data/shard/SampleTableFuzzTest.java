package io.earlybird.data.shard;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SampleTableFuzzTest {
  private static final Shard SHARD =
      new Shard("shard-000000.tar", 8192, "a".repeat(64), 2, "b".repeat(64));
  private static final int CLASSES = 3;

  static Stream<Arguments> seeds() throws IOException {
    SampleTable.Builder sound = new SampleTable.Builder();
    sound.add(512, new byte[700], 1);
    sound.add(2048, new byte[5], 2);
    SampleTable.Builder overlapping = new SampleTable.Builder();
    overlapping.add(512, new byte[700], 1);
    overlapping.add(1024, new byte[5], 2);
    return Stream.of(sound.toBytes(), overlapping.toBytes())
        .map(file -> Arguments.of((Object) file));
  }

  @MethodSource("seeds")
  @FuzzTest
  void everySampleLiesInTheShardAfterTheOneBefore(byte[] file) {
    try {
      SampleTable table = SampleTable.parse("fuzz.idx", file);
      table.check("fuzz.idx", SHARD, CLASSES);
      long end = 0;
      for (int i = 0; i < table.size(); i++) {
        assertThat(table.offset(i)).isGreaterThanOrEqualTo(end);
        assertThat(table.length(i)).isPositive();
        assertThat(table.label(i)).isBetween(0, CLASSES - 1);
        end = table.offset(i) + table.length(i);
        assertThat(end).isLessThanOrEqualTo(SHARD.bytes());
      }
    } catch (ShardException e) {
      assertThat(e).hasMessageContaining("fuzz.idx");
    }
  }
}
