package io.earlybird.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ImageFuzzTest {
  private static final int SIZE = 8;

  static Stream<Arguments> seeds() throws IOException {
    byte[] pixels = new byte[3 * 20 * 17];
    new SplittableRandom(1).nextBytes(pixels);
    return Stream.of(
            PngImage.encode(pixels, 20, 17),
            JpegImage.encode(pixels, 20, 17),
            progressive(),
            png(BufferedImage.TYPE_BYTE_GRAY),
            png(BufferedImage.TYPE_BYTE_INDEXED),
            png(BufferedImage.TYPE_INT_ARGB),
            png(BufferedImage.TYPE_USHORT_GRAY))
        .map(file -> Arguments.of((Object) file));
  }

  private static byte[] png(int type) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(9, 7, type), "png", out);
    return out.toByteArray();
  }

  private static byte[] progressive() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      BufferedImage image = new BufferedImage(9, 7, BufferedImage.TYPE_3BYTE_BGR);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /** Lets changed chunks of a PNG pass: a fuzzer does not find checksums. */
  private static void correctChecksums(byte[] file) {
    ByteBuffer png = ByteBuffer.wrap(file);
    int at = 8;
    while (at + 12 <= file.length) {
      int length = png.getInt(at);
      if (length < 0 || length > file.length - at - 12) {
        return;
      }
      CRC32 crc = new CRC32();
      crc.update(file, at + 4, 4 + length);
      png.putInt(at + 8 + length, (int) crc.getValue());
      at += 12 + length;
    }
  }

  @MethodSource("seeds")
  @FuzzTest
  void anImageIsDecodedToTheSizeInItsHeaderOrRefused(byte[] input) {
    byte[] file = input.clone();
    if (PngImage.hasSignature(file, 0, file.length)) {
      correctChecksums(file);
    }
    FloatBuffer out = FloatBuffer.allocate(3 * SIZE * SIZE);
    try (ImageDecoder decoder = new ImageDecoder();
        ImagePipeline pipeline =
            new ImagePipeline(ImageSettings.of(SIZE, Augmentation.RANDOM_RESIZED_CROP))) {
      RgbImage image = decoder.decode(file, 0, file.length);
      ImageHeader header = ImageHeader.read(file, 0, file.length);
      assertThat(image.width()).isEqualTo(header.width());
      assertThat(image.height()).isEqualTo(header.height());
      assertThat((long) image.width() * image.height())
          .isBetween(1L, (long) ImageHeader.MAX_PIXELS);
      pipeline.evaluate(file, 0, file.length, out, 0);
      pipeline.train(file, 0, file.length, new SplittableRandom(1), out, 0);
    } catch (UndecodableImageException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
