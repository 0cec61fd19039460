package io.earlybird.data.ingest;

import io.earlybird.data.image.JpegImage;
import io.earlybird.data.image.PngImage;
import io.earlybird.data.shard.Sample;
import io.earlybird.data.shard.Samples;
import io.earlybird.model.random.Seeds;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;

/**
 * Generated images of textured shapes: learnable, but not by a linear classifier on pixels.
 *
 * <p>An image is a function of (seed, split, index). Images up to 64 pixels are written as PNG,
 * larger ones as JPEG.
 *
 * @param imageSize width and height, at least 16
 * @param trainImages at least 1
 * @param validationImages at least 0
 * @param classes 2 to 1000
 * @param seed of the images
 */
public record SyntheticSource(
    int imageSize, int trainImages, int validationImages, int classes, long seed)
    implements IngestSource {
  private static final int MAX_CLASSES = 1000;
  private static final int MIN_SIZE = 16;
  private static final int MAX_PNG_SIZE = 64;

  public SyntheticSource {
    if (imageSize < MIN_SIZE
        || trainImages < 1
        || validationImages < 0
        || classes < 2
        || classes > MAX_CLASSES) {
      throw new IllegalArgumentException(
          "Invalid synthetic data: image-size "
              + imageSize
              + " (at least "
              + MIN_SIZE
              + "), train "
              + trainImages
              + " (at least 1), validation "
              + validationImages
              + " (at least 0), classes "
              + classes
              + " (2 to "
              + MAX_CLASSES
              + ")");
    }
  }

  @Override
  public String description() {
    return "synthetic image-size="
        + imageSize
        + " train="
        + trainImages
        + " validation="
        + validationImages
        + " classes="
        + classes
        + " seed="
        + seed;
  }

  @Override
  public IngestData open(Configuration hadoop) {
    return new Data(this);
  }

  private record Data(SyntheticSource source) implements IngestData {
    @Override
    public List<String> classes() {
      return IntStream.range(0, source.classes).mapToObj(TexturedShape::name).toList();
    }

    @Override
    public Samples train() {
      return new Generated(source, Ingest.TRAIN, source.trainImages);
    }

    @Override
    public Samples validation() {
      return new Generated(source, Ingest.VALIDATION, source.validationImages);
    }

    @Override
    public void close() {}
  }

  private record Generated(SyntheticSource source, String split, int size) implements Samples {
    @Override
    public Sample sample(int index) {
      int label = index % source.classes;
      int side = source.imageSize;
      long splitSeed = Seeds.derive(source.seed, split);
      byte[] pixels =
          new TexturedShape(label, source.classes, side, Seeds.random(splitSeed, index)).draw();
      String name = TexturedShape.name(label) + "-" + index;
      return side <= MAX_PNG_SIZE
          ? new Sample(name, "png", label, PngImage.encode(pixels, side, side))
          : new Sample(name, "jpg", label, JpegImage.encode(pixels, side, side));
    }
  }
}
