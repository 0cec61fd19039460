package io.earlybird.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
  /** OpenCV and PIL round the conversion from CMYK differently. */
  private static final int CMYK_LEVELS = 2;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "decode-rgb.jpg",
        "decode-gray.jpg",
        "decode-exif.jpg",
        "decode-png-named.jpg",
        "decode-gray.png",
        "decode-palette.png",
        "decode-alpha.png"
      })
  void decodesAsPilDoes(String name) throws Exception {
    RgbImage expected = Golden.image(name + ".expected.png");

    assertThat(Golden.distance(Golden.image(name), expected)).isZero();
  }

  @Test
  void decodesCmykWithinTwoLevelsOfPil() throws Exception {
    RgbImage expected = Golden.image("decode-cmyk.jpg.expected.png");

    assertThat(Golden.distance(Golden.image("decode-cmyk.jpg"), expected))
        .isLessThanOrEqualTo(CMYK_LEVELS);
  }

  private static void decode(byte[] bytes) throws UndecodableImageException {
    try (ImageDecoder decoder = new ImageDecoder()) {
      decoder.decode(bytes, 0, bytes.length);
    }
  }

  @Test
  void refusesOtherBytesAndNone() {
    assertThatThrownBy(() -> decode(new byte[20]))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessage("neither a JPEG nor a PNG image (20 bytes)");
    assertThatThrownBy(() -> decode(new byte[0])).isInstanceOf(UndecodableImageException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"decode-rgb.jpg", "decode-gray.jpg", "decode-png-named.jpg", "decode-gray.png"})
  void refusesAnImageCutOffAnywhere(String name) throws Exception {
    byte[] bytes = Golden.bytes(name);
    for (int length = 0; length < bytes.length - 16; length += 7) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> decode(cut))
          .as("%s cut to %d bytes", name, length)
          .isInstanceOf(UndecodableImageException.class);
    }
  }

  @Test
  void takesTheUpperEightBitsOfSixteen() throws Exception {
    BufferedImage gray = new BufferedImage(5, 4, BufferedImage.TYPE_USHORT_GRAY);
    for (int i = 0; i < 20; i++) {
      gray.getRaster().setSample(i % 5, i / 5, 0, 0xabab);
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(gray, "png", png);
    try (ImageDecoder decoder = new ImageDecoder()) {
      RgbImage decoded = decoder.decode(png.toByteArray(), 0, png.size());
      assertThat(Arrays.copyOf(decoded.pixels(), 60)).containsOnly((byte) 0xab);
    }
  }

  @Test
  void refusesAGiantBeforeItIsDecoded() {
    byte[] png = PngImage.encode(new byte[3], 1, 1);
    png[16] = 0x00;
    png[17] = 0x01;
    png[20] = 0x00;
    png[21] = 0x01;
    assertThatThrownBy(() -> decode(png))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessageContaining("65537 x 65537 pixels, more than");
  }

  @Test
  void refusesAJpegWhoseHeaderClaimsMore() throws Exception {
    byte[] jpeg = Golden.bytes("decode-rgb.jpg");
    int frame = frame(jpeg);
    for (int i = 5; i < 9; i++) {
      jpeg[frame + i] = (byte) 0xff;
    }
    assertThatThrownBy(() -> decode(jpeg))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessageContaining("65535 x 65535 pixels, more than 67108864");
  }

  /** Where the baseline frame header begins. */
  private static int frame(byte[] jpeg) {
    for (int at = 0; at + 1 < jpeg.length; at++) {
      if ((jpeg[at] & 0xff) == 0xff && (jpeg[at + 1] & 0xff) == 0xc0) {
        return at;
      }
    }
    throw new IllegalArgumentException("No baseline frame");
  }

  @Test
  void refusesSizesThatAreNegativeOrLongerThanAnyJpeg() {
    for (int first : new int[] {0x80, 0xff, 0x01}) {
      byte[] png = PngImage.encode(new byte[3], 1, 1);
      png[16] = (byte) first;
      assertThatThrownBy(() -> decode(png))
          .isInstanceOf(UndecodableImageException.class)
          .hasMessageContaining("x 1 pixels");
    }
  }

  @Test
  void refusesAJpegOfVeryManyScans() throws Exception {
    byte[] jpeg = Golden.bytes("decode-rgb.jpg");
    jpeg[frame(jpeg) + 1] = (byte) 0xc2;
    ByteArrayOutputStream scans = new ByteArrayOutputStream();
    scans.write(jpeg, 0, jpeg.length - 2);
    for (int i = 0; i < 100; i++) {
      scans.writeBytes(new byte[] {(byte) 0xff, (byte) 0xda, 0, 8, 1, 1, 0, 0, 0, 0});
    }
    scans.writeBytes(new byte[] {(byte) 0xff, (byte) 0xd9});
    assertThatThrownBy(() -> decode(scans.toByteArray()))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessage("JPEG of more than 100 scans");
  }

  /** A PNG of one color in a few kilobytes, whatever its size. */
  static byte[] bomb(int width, int height, int colorType) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] row = new byte[1 + width * (colorType == 2 ? 3 : 1)];
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      for (int y = 0; y < height; y++) {
        out.write(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] header = ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 8).array();
    header[9] = (byte) colorType;
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.write(PngImage.encode(new byte[3], 1, 1), 0, 8);
    chunk(png, "IHDR", header);
    chunk(png, "IDAT", packed.toByteArray());
    chunk(png, "IEND", new byte[0]);
    return png.toByteArray();
  }

  static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    png.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    png.writeBytes(name);
    png.writeBytes(data);
    png.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  @Test
  void aBombIsRefusedByItsHeaderAndASmallOneLeavesNoLargeBuffer() throws Exception {
    byte[] refused = bomb(20_000, 20_000, 2);
    assertThat(refused).hasSizeLessThan(2_000_000);
    try (ImageDecoder decoder = new ImageDecoder()) {
      assertThatThrownBy(() -> decoder.decode(refused, 0, refused.length))
          .hasMessageContaining("20000 x 20000 pixels, more than");
      for (int colorType : new int[] {0, 2}) {
        byte[] large = bomb(4_000, 3_000, colorType);
        RgbImage image = decoder.decode(large, 0, large.length);
        assertThat(image.pixels()).hasSize(36_000_000);
        byte[] small = PngImage.encode(new byte[3], 1, 1);
        assertThat(decoder.decode(small, 0, small.length).pixels())
            .hasSizeLessThanOrEqualTo(RgbImage.KEPT_BYTES);
      }
    }
  }

  /** Found by fuzzing: OpenCV 4.11 makes room for three gigabytes here. */
  @Test
  void refusesAChunkThatIsLongerThanTheFile() {
    for (int length : new int[] {Integer.MAX_VALUE, -1, 0xbabababa, 1 << 20}) {
      byte[] png = bomb(3, 2, 0);
      ByteBuffer.wrap(png).putInt(33, length);
      assertThatThrownBy(() -> decode(png))
          .isInstanceOf(UndecodableImageException.class)
          .hasMessage("damaged PNG image: the chunk at byte 33 passes its end");
    }
  }

  /** Found by fuzzing: without pixels, OpenCV 4.11 looks for them after the end. */
  @Test
  void nothingIsReadAfterTheLastChunk() throws Exception {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.write(bomb(3, 2, 0), 0, 33);
    chunk(png, "IEND", new byte[0]);
    byte[] claim = ByteBuffer.allocate(16).putInt(Integer.MAX_VALUE).array();
    png.writeBytes(claim);
    long before = Memory.peakBytes();
    assertThatThrownBy(() -> decode(png.toByteArray()))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessage("damaged PNG image");
    assertThat(Memory.peakBytes() - before).isLessThan(150_000_000);

    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(bomb(3, 2, 0));
    whole.writeBytes(claim);
    decode(whole.toByteArray());
  }

  @Test
  void refusesAnAnimation() {
    byte[] plain = bomb(3, 2, 0);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.write(plain, 0, 33);
    chunk(png, "acTL", new byte[] {0, 0, 0, 2, 0, 0, 0, 0});
    png.write(plain, 33, plain.length - 33);
    assertThatThrownBy(() -> decode(png.toByteArray()))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessage("animated PNG");
  }

  @Test
  void textThatUnpacksToManyMegabytesIsNotUnpacked() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    packed.writeBytes(new byte[] {'k', 0, 0});
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(new byte[200_000_000]);
    }
    byte[] plain = bomb(3, 2, 0);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.write(plain, 0, 33);
    chunk(png, "zTXt", packed.toByteArray());
    png.write(plain, 33, plain.length - 33);
    long before = Memory.peakBytes();
    try (ImageDecoder decoder = new ImageDecoder()) {
      assertThat(decoder.decode(png.toByteArray(), 0, png.size()).width()).isEqualTo(3);
    }
    assertThat(Memory.peakBytes() - before).isLessThan(150_000_000);
  }

  @Test
  void refusesASizeOfZero() {
    byte[] png = PngImage.encode(new byte[3], 1, 1);
    png[19] = 0;
    assertThatThrownBy(() -> decode(png))
        .isInstanceOf(UndecodableImageException.class)
        .hasMessageContaining("0 x 1 pixels");
  }

  @Test
  void decodesAfterAFailure() throws Exception {
    byte[] good = Golden.bytes("decode-rgb.jpg");
    try (ImageDecoder decoder = new ImageDecoder()) {
      assertThatThrownBy(() -> decoder.decode(good, 0, good.length / 2))
          .isInstanceOf(UndecodableImageException.class);
      assertThat(decoder.decode(good, 0, good.length).width()).isEqualTo(40);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"decode-gray.png", "decode-palette.png", "decode-alpha.png"})
  void aDamagedImageNeverShowsTheOneBefore(String name) throws Exception {
    byte[] good = Golden.bytes(name);
    byte[] damaged = good.clone();
    damaged[30] ^= 1; // in the checksum of the header
    try (ImageDecoder decoder = new ImageDecoder()) {
      decoder.decode(good, 0, good.length);
      assertThatThrownBy(() -> decoder.decode(damaged, 0, damaged.length))
          .isInstanceOf(UndecodableImageException.class)
          .hasMessageContaining("damaged PNG image");
    }
  }

  @Test
  void whatItEncodesItDecodes() throws Exception {
    byte[] pixels = new byte[3 * 7 * 5];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 37);
    }
    byte[] png = PngImage.encode(pixels, 7, 5);
    try (ImageDecoder decoder = new ImageDecoder()) {
      RgbImage decoded = decoder.decode(png, 0, png.length);
      assertThat(Arrays.copyOf(decoded.pixels(), pixels.length)).isEqualTo(pixels);
      byte[] jpeg = JpegImage.encode(pixels, 7, 5);
      assertThat(decoder.decode(jpeg, 0, jpeg.length).height()).isEqualTo(5);
    }
  }
}
