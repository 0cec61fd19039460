package io.earlybird.data.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * PNG files with 8-bit RGB pixels and no interlacing, written and read without native code.
 *
 * <p>Small images cost more to hand to OpenCV than to decode here. What is written is not
 * compressed, because images of 32 x 32 hardly compress and the time of inflating them would be
 * most of the time of reading them. Source: PNG specification, third edition.
 */
public final class PngImage implements AutoCloseable {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int HEADER_LENGTH = 13;
  private static final int FIRST_CHUNK = 8;
  private static final int AFTER_HEADER = FIRST_CHUNK + 12 + HEADER_LENGTH;
  private static final int RGB = 2;
  private static final int IHDR = 0x49484452;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454e44;
  private static final int ANIMATION = 0x6163544c;

  private final Inflater inflater = new Inflater();
  private byte[] row = new byte[0];
  private byte[] above = new byte[0];

  /** A decoder; frees the inflater's memory when it is closed. */
  public PngImage() {}

  static boolean hasSignature(byte[] bytes, int offset, int length) {
    return length >= SIGNATURE.length
        && Arrays.equals(bytes, offset, offset + SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
  }

  static ImageHeader header(byte[] bytes, int offset, int length) throws UndecodableImageException {
    if (length < AFTER_HEADER) {
      throw new UndecodableImageException("PNG cut off after " + length + " bytes");
    }
    if (number(bytes, offset + FIRST_CHUNK) != HEADER_LENGTH
        || number(bytes, offset + FIRST_CHUNK + 4) != IHDR) {
      throw new UndecodableImageException("PNG without a header");
    }
    int width = number(bytes, offset + FIRST_CHUNK + 8);
    int height = number(bytes, offset + FIRST_CHUNK + 12);
    return new ImageHeader(ImageFormat.PNG, width, height);
  }

  /**
   * Length of a file up to the end of its last chunk. OpenCV must not see what follows, nor what is
   * refused here: it makes room for a chunk of any length that the file claims, where it misses
   * pixels after the last one too, and takes the sizes of the frames of an animation from the file.
   */
  static int soundLength(byte[] bytes, int offset, int length) throws UndecodableImageException {
    int end = offset + length;
    int at = offset + FIRST_CHUNK;
    int type = IHDR;
    while (type != IEND) {
      int size = end - at < 12 ? -1 : number(bytes, at);
      if (size < 0 || size > end - at - 12) {
        throw new UndecodableImageException(
            "damaged PNG image: the chunk at byte " + (at - offset) + " passes its end");
      }
      type = number(bytes, at + 4);
      if (type == ANIMATION) {
        throw new UndecodableImageException("animated PNG");
      }
      at += 12 + size;
    }
    return at - offset;
  }

  /** Whether this class can decode a file with a valid header: 8 bits, RGB, not interlaced. */
  static boolean isPlain(byte[] bytes, int offset) {
    int at = offset + FIRST_CHUNK + 16;
    return bytes[at] == 8 && bytes[at + 1] == RGB && bytes[at + 4] == 0;
  }

  /** Decodes a file for which {@link #isPlain} holds. */
  void decode(byte[] bytes, int offset, int length, RgbImage into)
      throws UndecodableImageException {
    ImageHeader header = header(bytes, offset, length);
    into.resize(header.width(), header.height());
    int stride = 3 * header.width();
    if (row.length != stride) {
      row = new byte[stride];
      above = new byte[stride];
    }
    Arrays.fill(above, (byte) 0);
    inflater.reset();
    Chunks chunks = new Chunks(bytes, offset + AFTER_HEADER, offset + length);
    byte[] filter = new byte[1];
    for (int y = 0; y < header.height(); y++) {
      inflate(chunks, filter, 1);
      inflate(chunks, row, stride);
      unfilter(filter[0], stride);
      System.arraycopy(row, 0, into.pixels(), y * stride, stride);
      byte[] swap = above;
      above = row;
      row = swap;
    }
  }

  private void inflate(Chunks chunks, byte[] into, int length) throws UndecodableImageException {
    try {
      int done = 0;
      while (done < length) {
        int count = inflater.inflate(into, done, length - done);
        done += count;
        if (count == 0 && (inflater.finished() || !chunks.feed(inflater))) {
          throw new UndecodableImageException("PNG with too few pixels");
        }
      }
    } catch (DataFormatException e) {
      throw new UndecodableImageException("PNG with damaged data: " + e.getMessage(), e);
    }
  }

  private void unfilter(int filter, int stride) throws UndecodableImageException {
    switch (filter) {
      case 0 -> {}
      case 1 -> {
        for (int i = 3; i < stride; i++) {
          row[i] += row[i - 3];
        }
      }
      case 2 -> {
        for (int i = 0; i < stride; i++) {
          row[i] += above[i];
        }
      }
      case 3 -> {
        for (int i = 0; i < stride; i++) {
          int left = i < 3 ? 0 : row[i - 3] & 0xff;
          row[i] += (byte) ((left + (above[i] & 0xff)) / 2);
        }
      }
      case 4 -> {
        for (int i = 0; i < stride; i++) {
          row[i] += i < 3 ? above[i] : paeth(row[i - 3], above[i], above[i - 3]);
        }
      }
      default -> throw new UndecodableImageException("PNG with unknown filter " + filter);
    }
  }

  /** The neighbor that is nearest to left + above - diagonal. */
  private static byte paeth(byte left, byte above, byte diagonal) {
    int a = left & 0xff;
    int b = above & 0xff;
    int c = diagonal & 0xff;
    int toLeft = Math.abs(b - c);
    int toAbove = Math.abs(a - c);
    int toDiagonal = Math.abs(a + b - 2 * c);
    if (toLeft <= toAbove && toLeft <= toDiagonal) {
      return left;
    }
    return toAbove <= toDiagonal ? above : diagonal;
  }

  private static int number(byte[] bytes, int at) {
    return ((bytes[at] & 0xff) << 24)
        | ((bytes[at + 1] & 0xff) << 16)
        | ((bytes[at + 2] & 0xff) << 8)
        | (bytes[at + 3] & 0xff);
  }

  @Override
  public void close() {
    inflater.end();
  }

  /**
   * Encodes an image.
   *
   * @param pixels [H, W, 3], red first
   */
  public static byte[] encode(byte[] pixels, int width, int height) {
    int stride = 3 * width;
    byte[] raw = new byte[height * (stride + 1)];
    for (int y = 0; y < height; y++) {
      System.arraycopy(pixels, y * stride, raw, y * (stride + 1) + 1, stride);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length + 128);
    out.writeBytes(SIGNATURE);
    byte[] header = new byte[HEADER_LENGTH];
    putNumber(header, 0, width);
    putNumber(header, 4, height);
    header[8] = 8;
    header[9] = RGB;
    writeChunk(out, "IHDR", header);
    writeChunk(out, "IDAT", store(raw));
    writeChunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static byte[] store(byte[] raw) {
    Deflater deflater = new Deflater(Deflater.NO_COMPRESSION);
    try {
      deflater.setInput(raw);
      deflater.finish();
      byte[] out = new byte[raw.length + raw.length / 1000 + 64];
      int length = 0;
      while (!deflater.finished()) {
        length += deflater.deflate(out, length, out.length - length);
      }
      return Arrays.copyOf(out, length);
    } finally {
      deflater.end();
    }
  }

  private static void writeChunk(ByteArrayOutputStream out, String type, byte[] data) {
    byte[] number = new byte[4];
    putNumber(number, 0, data.length);
    out.writeBytes(number);
    byte[] typeBytes = type.getBytes(StandardCharsets.US_ASCII);
    out.writeBytes(typeBytes);
    out.writeBytes(data);
    CRC32 crc = new CRC32();
    crc.update(typeBytes);
    crc.update(data);
    putNumber(number, 0, (int) crc.getValue());
    out.writeBytes(number);
  }

  private static void putNumber(byte[] bytes, int at, int value) {
    bytes[at] = (byte) (value >>> 24);
    bytes[at + 1] = (byte) (value >>> 16);
    bytes[at + 2] = (byte) (value >>> 8);
    bytes[at + 3] = (byte) value;
  }

  /** The chunks after the header, of which the data chunks are fed to the inflater. */
  private static final class Chunks {
    private final byte[] bytes;
    private final int end;
    private int at;

    Chunks(byte[] bytes, int at, int end) {
      this.bytes = bytes;
      this.at = at;
      this.end = end;
    }

    /** Feeds the next data chunk; false if there is none. */
    boolean feed(Inflater inflater) {
      while (end - at >= 12) {
        int length = number(bytes, at);
        int type = number(bytes, at + 4);
        if (length < 0 || length > end - at - 12 || type == IEND) {
          return false;
        }
        int data = at + 8;
        at += 12 + length;
        if (type == IDAT) {
          inflater.setInput(bytes, data, length);
          return true;
        }
      }
      return false;
    }
  }
}
