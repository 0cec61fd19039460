package io.earlybird.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
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
