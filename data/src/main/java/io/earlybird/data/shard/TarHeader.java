package io.earlybird.data.shard;

import io.earlybird.model.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The 512-byte header of a tar entry, POSIX ustar; shared by writers and readers.
 *
 * @param name of the entry, ASCII
 * @param size bytes of data that follow, padded to whole blocks
 * @param type '0' for a regular file
 */
public record TarHeader(String name, long size, char type) {
  /** Bytes of a block; headers and data start at multiples of it. */
  public static final int BLOCK = 512;

  private static final int NAME = 0;
  private static final int NAME_LENGTH = 100;
  private static final int MODE = 100;
  private static final int OWNER = 108;
  private static final int GROUP = 116;
  private static final int SIZE = 124;
  private static final int SIZE_LENGTH = 12;
  private static final int TIME = 136;
  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_LENGTH = 8;
  private static final int TYPE = 156;
  private static final int MAGIC = 257;
  private static final int PREFIX = 345;
  private static final int PREFIX_LENGTH = 155;

  /** A header for a regular file. */
  public static TarHeader file(String name, long size) {
    return new TarHeader(name, size, '0');
  }

  /** Bytes of data and padding that follow the header. */
  public long paddedSize() {
    return (size + BLOCK - 1) / BLOCK * BLOCK;
  }

  /** Whether the entry is a regular file. */
  public boolean isFile() {
    return type == '0' || type == 0;
  }

  /** The header as one block, with mode 0644, owner 0 and time 0. */
  public byte[] toBlock() {
    byte[] nameBytes = name.getBytes(StandardCharsets.US_ASCII);
    if (nameBytes.length > NAME_LENGTH || size < 0 || size >= 1L << 33) {
      throw new IllegalArgumentException(
          "Cannot write tar entry '" + name + "' of " + size + " bytes: too long");
    }
    byte[] block = new byte[BLOCK];
    System.arraycopy(nameBytes, 0, block, NAME, nameBytes.length);
    put(block, MODE, "0000644\0");
    put(block, OWNER, "0000000\0");
    put(block, GROUP, "0000000\0");
    put(block, SIZE, octal(size, SIZE_LENGTH - 1) + "\0");
    put(block, TIME, octal(0, 11) + "\0");
    block[TYPE] = (byte) type;
    put(block, MAGIC, "ustar\00000");
    put(block, CHECKSUM, octal(checksum(block), 6) + "\0 ");
    return block;
  }

  /** Whether a block is all zero, which ends an archive. */
  public static boolean isEnd(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads a header.
   *
   * @param where names archive and offset in messages
   * @throws ShardException if the checksum or a number is wrong
   */
  public static TarHeader parse(byte[] block, String where) throws ShardException {
    if (number(block, CHECKSUM, CHECKSUM_LENGTH, where) != checksum(block)) {
      throw new ShardException("Invalid tar header at " + where + ": its checksum is wrong");
    }
    String name = text(block, NAME, NAME_LENGTH);
    if (text(block, MAGIC, 6).equals("ustar")) {
      String prefix = text(block, PREFIX, PREFIX_LENGTH);
      name = prefix.isEmpty() ? name : prefix + "/" + name;
    }
    return new TarHeader(
        name, number(block, SIZE, SIZE_LENGTH, where), (char) (block[TYPE] & 0xff));
  }

  private static void put(byte[] block, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }

  private static String octal(long value, int digits) {
    String text = Long.toOctalString(value);
    return "0".repeat(digits - text.length()) + text;
  }

  private static int checksum(byte[] block) {
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      boolean inChecksum = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_LENGTH;
      sum += inChecksum ? ' ' : block[i] & 0xff;
    }
    return sum;
  }

  private static String text(byte[] block, int at, int length) {
    int end = at;
    while (end < at + length && block[end] != 0) {
      end++;
    }
    return new String(Arrays.copyOfRange(block, at, end), StandardCharsets.UTF_8);
  }

  private static long number(byte[] block, int at, int length, String where) throws ShardException {
    if ((block[at] & 0x80) != 0) {
      return binaryNumber(block, at, length, where);
    }
    String digits = text(block, at, length).trim();
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 7) {
        throw new ShardException(
            "Invalid tar header at "
                + where
                + ": '"
                + StrictJson.shown(digits)
                + "' is no octal number");
      }
      value = value * 8 + digit;
    }
    return value;
  }

  /** GNU's form for large numbers: big-endian after a byte 0x80. */
  private static long binaryNumber(byte[] block, int at, int length, String where)
      throws ShardException {
    long value = block[at] & 0x7f;
    for (int i = at + 1; i < at + length; i++) {
      if (value >= 1L << 54) {
        throw new ShardException("Invalid tar header at " + where + ": a number is too large");
      }
      value = (value << 8) | (block[i] & 0xff);
    }
    return value;
  }
}
