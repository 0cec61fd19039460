package io.earlybird.data;

import io.earlybird.data.image.PngImage;
import io.earlybird.data.shard.Sample;
import io.earlybird.data.shard.Samples;
import io.earlybird.data.shard.Shard;
import io.earlybird.data.shard.ShardLayout;
import io.earlybird.data.shard.ShardSet;
import io.earlybird.data.shard.ShardSetWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * Small data sets of flat images: the red level of every pixel of image i is i, its label i mod 3.
 */
public final class TestShards {
  public static final Configuration HADOOP = new Configuration();
  public static final List<String> CLASSES = List.of("a", "b", "c");

  private TestShards() {}

  public static byte[] png(int index, int side) {
    byte[] pixels = new byte[3 * side * side];
    for (int i = 0; i < pixels.length; i += 3) {
      pixels[i] = (byte) index;
    }
    return PngImage.encode(pixels, side, side);
  }

  /** A data set of {@code samples} images of which those in {@code broken} are no images. */
  public static ShardSet write(Path directory, int samples, int shards, Set<Integer> broken)
      throws IOException {
    return write(directory, shards, samples(samples, broken));
  }

  /** Images of which those in {@code broken} are none. */
  public static Samples samples(int count, Set<Integer> broken) {
    return new Samples() {
      @Override
      public int size() {
        return count;
      }

      @Override
      public Sample sample(int index) {
        byte[] bytes = broken.contains(index) ? new byte[] {1, 2, 3} : png(index, 8);
        return new Sample("image-" + index + ".png", "png", index % 3, bytes);
      }
    };
  }

  public static ShardSet write(Path directory, int shards, Samples samples) throws IOException {
    ShardSetWriter writer = new ShardSetWriter(directory.toString(), HADOOP, "test", 1);
    ShardLayout layout = new ShardLayout(samples.size(), shards, 1);
    writer.prepare();
    List<Shard> written = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      written.add(writer.write(shard, layout, samples, CLASSES.size()));
    }
    return writer.commit(written, CLASSES);
  }
}
