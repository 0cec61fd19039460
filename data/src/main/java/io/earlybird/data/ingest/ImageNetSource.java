package io.earlybird.data.ingest;

import io.earlybird.data.ingest.LabeledFiles.LabeledFile;
import io.earlybird.data.shard.Samples;
import io.earlybird.data.shard.ShardException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * ImageNet (ILSVRC 2012); labels are positions among the sorted WordNet ids.
 *
 * <p>Training images come from {@code ILSVRC2012_img_train.tar} (a tar of one tar for each class,
 * as it is distributed), or from {@code train/WNID/*}. Validation images come from {@code
 * val/WNID/*}, or from {@code ILSVRC2012_img_val.tar} or {@code val/*.JPEG} with the labels of the
 * {@linkplain Devkit devkit}. Without any validation images only training shards are made.
 *
 * @param input URI of the directory
 */
public record ImageNetSource(String input) implements IngestSource {
  private static final String TRAIN_TAR = "ILSVRC2012_img_train.tar";
  private static final String VALIDATION_TAR = "ILSVRC2012_img_val.tar";
  private static final String TRAIN = "train";
  private static final String VALIDATION = "val";

  @Override
  public String description() {
    return "imagenet";
  }

  @Override
  public IngestData open(Configuration hadoop) throws IOException {
    String expected = TRAIN_TAR + " or the folder " + TRAIN;
    Inputs inputs = Inputs.at(input, hadoop, expected);
    List<TarMembers> open = new ArrayList<>();
    try {
      if (inputs.has(TRAIN_TAR)) {
        TarMembers train = TarMembers.ofClassTars(inputs, inputs.path(TRAIN_TAR));
        open.add(train);
        return new Data(train.classes(), train, validation(inputs, train.classes(), open), open);
      }
      if (inputs.hasDirectory(TRAIN)) {
        List<String> classes = ClassFolders.classes(inputs, inputs.path(TRAIN));
        List<LabeledFile> files = ClassFolders.files(inputs, inputs.path(TRAIN), classes);
        return new Data(
            classes, new LabeledFiles(inputs, files), validation(inputs, classes, open), open);
      }
      throw new ShardException("Neither " + expected + " in " + inputs.root());
    } catch (IOException | RuntimeException e) {
      closeAll(open);
      throw e;
    }
  }

  private static Samples validation(Inputs inputs, List<String> classes, List<TarMembers> open)
      throws IOException {
    if (inputs.has(VALIDATION_TAR)) {
      Devkit devkit = Devkit.find(inputs);
      TarMembers members =
          TarMembers.of(
              inputs, inputs.path(VALIDATION_TAR), name -> devkit.label(name, classes), classes);
      open.add(members);
      return members;
    }
    if (!inputs.hasDirectory(VALIDATION)) {
      return new LabeledFiles(inputs, List.of());
    }
    Path folder = inputs.path(VALIDATION);
    List<FileStatus> entries = inputs.list(folder);
    if (entries.stream().allMatch(FileStatus::isDirectory)) {
      return new LabeledFiles(inputs, ClassFolders.files(inputs, folder, classes));
    }
    Devkit devkit = Devkit.find(inputs);
    List<LabeledFile> files = new ArrayList<>();
    for (FileStatus entry : entries) {
      Path file = entry.getPath();
      files.add(new LabeledFile(file, devkit.label(file.getName(), classes)));
    }
    return new LabeledFiles(inputs, files);
  }

  private static void closeAll(List<TarMembers> open) throws IOException {
    for (TarMembers members : open) {
      members.close();
    }
  }

  private record Data(
      List<String> classes, Samples train, Samples validation, List<TarMembers> open)
      implements IngestData {
    @Override
    public void close() throws IOException {
      closeAll(open);
    }
  }
}
