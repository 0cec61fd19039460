package io.earlybird.data.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.data.ingest.IngestResult.Outcome;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticSourceTest {
  @TempDir Path directory;

  @Test
  void makesBothSplitsOnceAndFindsThemTheSecondTime() throws Exception {
    SyntheticSource source = new SyntheticSource(32, 200, 50, 10, 1);
    IngestSettings settings = IngestSettings.of(directory.resolve("shards").toString(), 2);

    IngestResult made = Ingest.run(source, settings, new Configuration());
    IngestResult found = Ingest.run(source, settings, new Configuration());

    assertThat(made.outcome()).isEqualTo(Outcome.WRITTEN);
    assertThat(made.splits().get(0).samples()).isEqualTo(200);
    assertThat(made.splits().get(1).samples()).isEqualTo(50);
    assertThat(found.outcome()).isEqualTo(Outcome.FOUND);
    assertThat(found.splits()).isEqualTo(made.splits());
  }
}
