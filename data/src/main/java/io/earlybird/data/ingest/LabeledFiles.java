package io.earlybird.data.ingest;

import io.earlybird.data.shard.Sample;
import io.earlybird.data.shard.Samples;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;

/** Samples that are files of their own. */
record LabeledFiles(Inputs inputs, List<LabeledFile> files) implements Samples {
  /** A file and its class. */
  record LabeledFile(Path file, int label) {}

  LabeledFiles {
    files = List.copyOf(files);
  }

  @Override
  public int size() {
    return files.size();
  }

  @Override
  public Sample sample(int index) throws IOException {
    LabeledFile file = files.get(index);
    return Inputs.sample(
        file.file().toString(), file.label(), inputs.read(file.file(), Sample.MAX_BYTES));
  }
}
