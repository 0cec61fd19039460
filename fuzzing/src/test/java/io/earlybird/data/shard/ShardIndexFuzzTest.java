package io.earlybird.data.shard;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ShardIndexFuzzTest {
  private static final Path DIRECTORY = new Path("hdfs://name-node/shards/train");

  static Stream<Arguments> seeds() {
    Shard first = new Shard("shard-000000.tar", 2048, "a".repeat(64), 7, "b".repeat(64));
    Shard second = new Shard("shard-000001.tar", 4096, "c".repeat(64), 6, "d".repeat(64));
    byte[] index =
        new IndexDocument(1, "test", 1, 13, List.of("cat", "dog"), List.of(first, second))
            .toBytes();
    String hostile = new String(index, StandardCharsets.UTF_8).replace("shard-000001", "../x");
    return Stream.of(index, hostile.getBytes(StandardCharsets.UTF_8))
        .map(json -> Arguments.of((Object) json));
  }

  @MethodSource("seeds")
  @FuzzTest
  void everyShardLiesInTheDirectory(byte[] json) {
    try {
      ShardSet set = ShardSet.parse(DIRECTORY, json);
      assertThat(set.samples()).isPositive();
      for (int shard = 0; shard < set.shards().size(); shard++) {
        assertThat(set.shardPath(shard).getParent()).isEqualTo(DIRECTORY);
        assertThat(set.sidecarPath(shard).getParent()).isEqualTo(DIRECTORY);
      }
    } catch (ShardException e) {
      assertThat(e).hasMessageContaining("index.json");
    }
  }
}
