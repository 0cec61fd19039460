package io.earlybird.data.shard;

import java.util.zip.CRC32C;

/** The checksum of the bytes of a sample; files have a SHA-256. */
final class Checksums {
  private Checksums() {}

  static int crc32c(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }
}
