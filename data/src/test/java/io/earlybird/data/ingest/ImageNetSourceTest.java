package io.earlybird.data.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.earlybird.data.TestShards;
import io.earlybird.data.shard.Samples;
import io.earlybird.data.shard.ShardException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageNetSourceTest {
  private static final List<String> CLASSES = List.of("n01440764", "n01443537", "n02119789");

  @TempDir Path input;

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

  /**
   * Class tars in no order, with 2, 3 and 4 images; image k of the training set has red level k.
   */
  private void writeTrainTar() throws IOException {
    Map<String, byte[]> outer = new LinkedHashMap<>();
    int image = 0;
    for (int label : new int[] {2, 0, 1}) {
      Map<String, byte[]> inner = new LinkedHashMap<>();
      for (int i = 0; i < label + 2; i++) {
        inner.put(CLASSES.get(label) + "_" + i + ".JPEG", TestShards.png(image++, 8));
      }
      outer.put(CLASSES.get(label) + ".tar", tar(inner));
    }
    Files.write(input.resolve("ILSVRC2012_img_train.tar"), tar(outer));
  }

  private void writeValidationTar() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 1; i <= 3; i++) {
      files.put(String.format("ILSVRC2012_val_%08d.JPEG", i), TestShards.png(100 + i, 8));
    }
    Files.write(input.resolve("ILSVRC2012_img_val.tar"), tar(files));
  }

  /** Ground truth 300, 1, 2, which the golden meta.mat maps to n01443537, n02119789, n01440764. */
  private static Map<String, byte[]> devkit() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("ILSVRC2012_devkit_t12/readme.txt", new byte[] {1});
    files.put(
        "ILSVRC2012_devkit_t12/data/ILSVRC2012_validation_ground_truth.txt",
        "300\n1\n2\n".getBytes(StandardCharsets.US_ASCII));
    files.put("ILSVRC2012_devkit_t12/data/meta.mat", MatFileTest.golden("meta-compressed.mat"));
    return files;
  }

  private void writeDevkitArchive() throws IOException {
    try (OutputStream out =
        new GZIPOutputStream(
            Files.newOutputStream(input.resolve("ILSVRC2012_devkit_t12.tar.gz")))) {
      out.write(tar(devkit()));
    }
  }

  private static List<Integer> labels(Samples samples) throws IOException {
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      labels.add(samples.sample(i).label());
    }
    return labels;
  }

  private IngestData open() throws IOException {
    return new ImageNetSource(input.toString()).open(TestShards.HADOOP);
  }

  @Test
  void readsTheTarOfClassTarsWithLabelsInWordNetOrder() throws Exception {
    writeTrainTar();
    try (IngestData data = open()) {
      assertThat(data.classes()).isEqualTo(CLASSES);
      assertThat(labels(data.train())).containsExactly(0, 0, 1, 1, 1, 2, 2, 2, 2);
      assertThat(data.validation().size()).isZero();
      assertThat(data.train().sample(8).bytes()).isEqualTo(TestShards.png(3, 8));
      assertThat(data.train().sample(8).extension()).isEqualTo("png");
    }
  }

  @Test
  void mapsTheDevkitsNumbersToWordNetOrder() throws Exception {
    writeTrainTar();
    writeValidationTar();
    writeDevkitArchive();
    try (IngestData data = open()) {
      assertThat(labels(data.validation())).containsExactly(1, 2, 0);
    }
  }

  @Test
  void readsAnUnpackedDevkitAndLooseValidationFiles() throws Exception {
    writeTrainTar();
    for (Map.Entry<String, byte[]> file : devkit().entrySet()) {
      Path path = input.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    Files.createDirectory(input.resolve("val"));
    Files.write(input.resolve("val/ILSVRC2012_val_00000003.JPEG"), TestShards.png(1, 8));
    try (IngestData data = open()) {
      assertThat(labels(data.validation())).containsExactly(0);
    }
  }

  @Test
  void readsClassFolders() throws Exception {
    for (String name : CLASSES) {
      for (String split : List.of("train", "val")) {
        Files.createDirectories(input.resolve(split).resolve(name));
        Files.write(input.resolve(split).resolve(name).resolve("a.JPEG"), TestShards.png(7, 8));
      }
    }
    try (IngestData data = open()) {
      assertThat(labels(data.train())).containsExactly(0, 1, 2);
      assertThat(labels(data.validation())).containsExactly(0, 1, 2);
    }
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    assertThatThrownBy(this::open)
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("Neither ILSVRC2012_img_train.tar or the folder train");
    writeTrainTar();
    writeValidationTar();
    assertThatThrownBy(this::open)
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("Missing labels of the validation images")
        .hasMessageContaining("ILSVRC2012_devkit_t12.tar.gz");
  }

  @Test
  void refusesADevkitThatUnpacksToManyMegabytes() throws Exception {
    writeTrainTar();
    writeValidationTar();
    try (OutputStream out =
        new GZIPOutputStream(
            Files.newOutputStream(input.resolve("ILSVRC2012_devkit_t12.tar.gz")))) {
      for (int i = 0; i < 65; i++) {
        out.write(new byte[1 << 20]);
      }
    }
    assertThatThrownBy(this::open)
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("ILSVRC2012_devkit_t12.tar.gz: it holds more than 67108864 bytes");
  }

  @Test
  void refusesADevkitThatIsNoArchive() throws Exception {
    writeTrainTar();
    writeValidationTar();
    Path devkit = input.resolve("ILSVRC2012_devkit_t12.tar.gz");
    writeDevkitArchive();
    byte[] whole = Files.readAllBytes(devkit);
    for (byte[] bytes : List.of(new byte[0], new byte[100], Arrays.copyOf(whole, 200))) {
      Files.write(devkit, bytes);
      assertThatThrownBy(this::open)
          .isInstanceOf(ShardException.class)
          .hasMessageContaining("Invalid ILSVRC2012_devkit_t12.tar.gz")
          .hasMessageContaining("copy the devkit again");
    }
  }

  @Test
  void refusesTwoTarsOfOneClass() throws Exception {
    byte[] inner = tar(Map.of("a.JPEG", TestShards.png(1, 8)));
    Map<String, byte[]> outer = new LinkedHashMap<>();
    outer.put("n01440764.tar", inner);
    outer.put("again/n01440764.tar", inner);
    Files.write(input.resolve("ILSVRC2012_img_train.tar"), tar(outer));
    assertThatThrownBy(this::open)
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("it holds n01440764.tar twice");
  }

  @Test
  void anInnerTarCannotReachOutOfItsPlace() throws Exception {
    byte[] inner = tar(Map.of("a.JPEG", TestShards.png(1, 8)));
    Map<String, byte[]> outer = new LinkedHashMap<>();
    outer.put("n01440764.tar", Arrays.copyOf(inner, 1024));
    outer.put("n01443537.tar", inner);
    Files.write(input.resolve("ILSVRC2012_img_train.tar"), tar(outer));
    assertThatThrownBy(this::open)
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("Truncated tar")
        .hasMessageContaining("n01440764.tar");
  }

  @Test
  void refusesATarCutOff() throws Exception {
    writeTrainTar();
    Path tar = input.resolve("ILSVRC2012_img_train.tar");
    Files.write(tar, Arrays.copyOf(Files.readAllBytes(tar), 9000));
    assertThatThrownBy(this::open)
        .isInstanceOf(ShardException.class)
        .hasMessageContaining("Truncated tar")
        .hasMessageContaining("ILSVRC2012_img_train.tar")
        .hasMessageContaining("copy it again");
  }

  @Test
  void namesTheFileThatIsNoImage() throws Exception {
    Map<String, byte[]> inner = Map.of("n01440764_1.JPEG", new byte[] {1, 2, 3, 4});
    Files.write(
        input.resolve("ILSVRC2012_img_train.tar"), tar(Map.of("n01440764.tar", tar(inner))));
    try (IngestData data = open()) {
      assertThatThrownBy(() -> data.train().sample(0))
          .isInstanceOf(ShardException.class)
          .hasMessageContaining("Not an image")
          .hasMessageContaining("n01440764_1.JPEG");
    }
  }
}
