package io.earlybird.data.image;

/**
 * Kind and size of an image as its first bytes say, found without decoding.
 *
 * @param format of the bytes, whatever the file is called
 * @param width in pixels, above 0
 * @param height in pixels, above 0
 */
public record ImageHeader(ImageFormat format, int width, int height) {
  /** Images with more pixels are refused before they are decoded. */
  public static final int MAX_PIXELS = 1 << 26;

  /** Images with a longer side are refused; it is the longest that a JPEG can have. */
  public static final int MAX_SIDE = 65_535;

  /** A progressive JPEG takes a pass over all of its pixels for each scan; ten are usual. */
  static final int MAX_SCANS = 100;

  /** Pixels that a byte of a file can stand for: deflate's best, at one bit a pixel. */
  static final int PIXELS_PER_BYTE = 8 * 1032;

  private static final int JPEG_MARKER = 0xff;
  private static final int START_OF_IMAGE = 0xd8;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int START_OF_SCAN = 0xda;

  /**
   * Reads the header, and checks that a JPEG has its end.
   *
   * @throws UndecodableImageException if this is neither a JPEG nor a PNG, one cut off, or one
   *     whose decoding would take too much memory or time
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
    if (Math.max(header.width, header.height) > MAX_SIDE
        || (long) header.width * header.height > MAX_PIXELS) {
      throw new UndecodableImageException(
          "image of "
              + header.width
              + " x "
              + header.height
              + " pixels, more than "
              + MAX_PIXELS
              + " or with a side above "
              + MAX_SIDE);
    }
    if ((long) header.width * header.height > (long) PIXELS_PER_BYTE * length) {
      throw new UndecodableImageException(
          "image of "
              + header.width
              + " x "
              + header.height
              + " pixels in no more than "
              + length
              + " bytes");
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
        if (at + 10 > end || !hasEnd(bytes, at, end)) {
          break;
        }
        requireFewScans(bytes, at, end);
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

  /** Counts scans where a decoder would pass over the image for each of them. */
  private static void requireFewScans(byte[] bytes, int frame, int end)
      throws UndecodableImageException {
    boolean progressive = (unsigned(bytes, frame + 1) & 3) == 2;
    int components = unsigned(bytes, frame + 9);
    int scans = 0;
    for (int at = frame; at + 5 <= end; at++) {
      if (unsigned(bytes, at) == JPEG_MARKER && unsigned(bytes, at + 1) == START_OF_SCAN) {
        if (!progressive && unsigned(bytes, at + 4) >= components) {
          return;
        }
        if (++scans > MAX_SCANS) {
          throw new UndecodableImageException("JPEG of more than " + MAX_SCANS + " scans");
        }
      }
    }
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
