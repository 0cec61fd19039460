package io.earlybird.data.ingest;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The two CIFAR data sets; of CIFAR-100 the fine label is used. */
public enum CifarEdition {
  /** 10 classes; a record begins with its label. */
  CIFAR10("cifar10", 1, 10, "batches.meta.txt") {
    @Override
    List<String> train() {
      return IntStream.rangeClosed(1, 5).mapToObj(i -> "data_batch_" + i + ".bin").toList();
    }

    @Override
    List<String> test() {
      return List.of("test_batch.bin");
    }

    @Override
    List<String> defaultNames() {
      return List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
    }
  },

  /** 100 classes; a record begins with its coarse and its fine label. */
  CIFAR100("cifar100", 2, 100, "fine_label_names.txt") {
    @Override
    List<String> train() {
      return List.of("train.bin");
    }

    @Override
    List<String> test() {
      return List.of("test.bin");
    }

    @Override
    List<String> defaultNames() {
      return IntStream.range(0, 100).mapToObj(i -> "class-" + i).toList();
    }
  };

  private final String text;
  private final int labelBytes;
  private final int classes;
  private final String namesFile;

  CifarEdition(String text, int labelBytes, int classes, String namesFile) {
    this.text = text;
    this.labelBytes = labelBytes;
    this.classes = classes;
    this.namesFile = namesFile;
  }

  /** Files with training records. */
  abstract List<String> train();

  /** Files with validation records. */
  abstract List<String> test();

  /** Names of the classes where the file of names is missing. */
  abstract List<String> defaultNames();

  List<String> files() {
    return Stream.concat(train().stream(), test().stream()).toList();
  }

  String text() {
    return text;
  }

  /** Bytes before the pixels, of which the last is the label. */
  int labelBytes() {
    return labelBytes;
  }

  int classes() {
    return classes;
  }

  /** File with a name on each line, if it is there. */
  String namesFile() {
    return namesFile;
  }
}
