package io.earlybird.data.image;

/**
 * Kind and size of an image as its first bytes say, found without decoding.
 *
 * @param format of the bytes, whatever the file is called
 * @param width in pixels, above 0
 * @param height in pixels, above 0
 */
public record ImageHeader(ImageFormat format, int width, int height) {
  private static final int JPEG_MARKER = 0xff;
  private static final int START_OF_IMAGE = 0xd8;
  private static final int END_OF_IMAGE = 0xd9;

  /**
   * Reads the header, and checks that a JPEG has its end.
   *
   * @throws UndecodableImageException if this is neither a JPEG nor a PNG, or one cut off
   */
  public static ImageHeader read(byte[] bytes, int offset, int length)
      throws UndecodableImageException {
    ImageHeader header;
    if (length >= 3
        && unsigned(bytes, offset) == JPEG_MARKER
        && unsigned(bytes, offset + 1) == START_OF_IMAGE) {
      header = jpeg(bytes, offset, offset + length);
    } else if (PngImage.hasSignature(bytes, offset, length)) {
      header = PngImage.header(bytes, offset, length);
    } else {
      throw new UndecodableImageException("neither a JPEG nor a PNG image (" + length + " bytes)");
    }
    if (header.width < 1 || header.height < 1) {
      throw new UndecodableImageException(
          "image of " + header.width + " x " + header.height + " pixels");
    }
    return header;
  }

  private static ImageHeader jpeg(byte[] bytes, int offset, int end)
      throws UndecodableImageException {
    int at = offset + 2;
    while (at + 4 <= end) {
      if (unsigned(bytes, at) != JPEG_MARKER) {
        throw new UndecodableImageException("JPEG without a marker at byte " + (at - offset));
      }
      int marker = unsigned(bytes, at + 1);
      if (marker == JPEG_MARKER) {
        at++;
      } else if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
        at += 2;
      } else if (startsFrame(marker)) {
        if (at + 9 > end || !hasEnd(bytes, at, end)) {
          break;
        }
        return new ImageHeader(ImageFormat.JPEG, number(bytes, at + 7), number(bytes, at + 5));
      } else {
        at += 2 + number(bytes, at + 2);
      }
    }
    throw new UndecodableImageException("JPEG cut off after " + (end - offset) + " bytes");
  }

  private static boolean startsFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  /** Whether the end marker is there; it is usually the last two bytes. */
  private static boolean hasEnd(byte[] bytes, int from, int end) {
    for (int at = end - 2; at >= from; at--) {
      if (unsigned(bytes, at) == JPEG_MARKER && unsigned(bytes, at + 1) == END_OF_IMAGE) {
        return true;
      }
    }
    return false;
  }

  private static int unsigned(byte[] bytes, int at) {
    return bytes[at] & 0xff;
  }

  private static int number(byte[] bytes, int at) {
    return (unsigned(bytes, at) << 8) | unsigned(bytes, at + 1);
  }
}
