package io.earlybird.spark;

import io.earlybird.data.ingest.IngestData;
import io.earlybird.data.ingest.SyntheticSource;
import io.earlybird.data.shard.Samples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.hadoop.conf.Configuration;

/**
 * ImageNet as it is distributed, with three classes and few generated images: {@code
 * ILSVRC2012_img_train.tar} of class tars, {@code ILSVRC2012_img_val.tar}, {@code
 * ILSVRC2012_devkit_t12.tar.gz}.
 */
public final class TinyImageNet {
  /** WordNet ids in the order of labels, and the ids that the golden meta.mat gives them. */
  private static final List<String> CLASSES = List.of("n01440764", "n01443537", "n02119789");

  private static final int[] DEVKIT_IDS = {2, 300, 1};
  private static final Path META =
      Path.of("../data/src/test/resources/golden/devkit/meta-compressed.mat");
  private static final int TRAIN = 48;
  private static final int VALIDATION = 12;

  private TinyImageNet() {}

  /**
   * Writes it by hand: the directory is the argument; the project's spark-job is where to start.
   */
  public static void main(String[] arguments) throws IOException {
    write(Path.of(arguments[0]), 96);
  }

  /**
   * Writes the three archives.
   *
   * @param imageSize in pixels; above 64, images are JPEG files
   */
  public static void write(Path directory, int imageSize) throws IOException {
    Files.createDirectories(directory);
    SyntheticSource source = new SyntheticSource(imageSize, TRAIN, VALIDATION, CLASSES.size(), 1);
    try (IngestData data = source.open(new Configuration())) {
      Files.write(directory.resolve("ILSVRC2012_img_train.tar"), tar(classTars(data.train())));
      Map<String, byte[]> images = new LinkedHashMap<>();
      StringBuilder truth = new StringBuilder();
      for (int i = 0; i < data.validation().size(); i++) {
        images.put(
            "ILSVRC2012_val_%08d.JPEG".formatted(i + 1), data.validation().sample(i).bytes());
        truth.append(DEVKIT_IDS[data.validation().sample(i).label()]).append('\n');
      }
      Files.write(directory.resolve("ILSVRC2012_img_val.tar"), tar(images));
      Map<String, byte[]> devkit = new LinkedHashMap<>();
      String folder = "ILSVRC2012_devkit_t12/data/";
      devkit.put(folder + "meta.mat", Files.readAllBytes(META));
      devkit.put(
          folder + "ILSVRC2012_validation_ground_truth.txt",
          truth.toString().getBytes(StandardCharsets.US_ASCII));
      try (OutputStream out =
          new GZIPOutputStream(
              Files.newOutputStream(directory.resolve("ILSVRC2012_devkit_t12.tar.gz")))) {
        out.write(tar(devkit));
      }
    }
  }

  private static Map<String, byte[]> classTars(Samples samples) throws IOException {
    Map<String, byte[]> tars = new LinkedHashMap<>();
    for (int label = 0; label < CLASSES.size(); label++) {
      Map<String, byte[]> images = new LinkedHashMap<>();
      for (int i = 0; i < samples.size(); i++) {
        if (samples.sample(i).label() == label) {
          images.put(CLASSES.get(label) + "_" + i + ".JPEG", samples.sample(i).bytes());
        }
      }
      tars.put(CLASSES.get(label) + ".tar", tar(images));
    }
    return tars;
  }

  private static byte[] tar(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(file.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    }
    return out.toByteArray();
  }
}
