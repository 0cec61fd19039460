package io.earlybird.data.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.earlybird.data.shard.ShardException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MatFileFuzzTest {
  static Stream<Arguments> seeds() throws IOException {
    byte[] id =
        matrix(6, values(9, ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(3)));
    byte[] name =
        matrix(
            4,
            values(
                16, ByteBuffer.wrap("n01440764".getBytes(StandardCharsets.US_ASCII)).position(9)));
    ByteBuffer names = ByteBuffer.allocate(64);
    names.put("ILSVRC2012_ID".getBytes(StandardCharsets.US_ASCII)).position(32);
    names.put("WNID".getBytes(StandardCharsets.US_ASCII)).position(64);
    ByteBuffer nameLength = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(32);
    byte[] structure = matrix(2, values(5, nameLength), values(1, names), id, name);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(structure);
    }
    return Stream.of(file(structure), file(element(15, packed.toByteArray())))
        .map(bytes -> Arguments.of((Object) bytes));
  }

  private static byte[] file(byte[] element) {
    return ByteBuffer.allocate(128 + element.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(126, (short) 0x4d49)
        .position(128)
        .put(element)
        .array();
  }

  private static byte[] values(int type, ByteBuffer filled) {
    byte[] bytes = new byte[filled.position()];
    filled.flip().get(bytes);
    return element(type, bytes);
  }

  private static byte[] element(int type, byte[] data) {
    int padded = type == 15 ? data.length : (data.length + 7) / 8 * 8;
    return ByteBuffer.allocate(8 + padded)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(type)
        .putInt(data.length)
        .put(data)
        .array();
  }

  /** A matrix of one value: its class, dimensions 1 x 1, no name, and its parts. */
  private static byte[] matrix(int kind, byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(element(6, new byte[] {(byte) kind, 0, 0, 0, 0, 0, 0, 0}));
    boolean text = kind == 4;
    out.writeBytes(element(5, new byte[] {1, 0, 0, 0, (byte) (text ? 9 : 1), 0, 0, 0}));
    out.writeBytes(element(1, new byte[0]));
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return element(14, out.toByteArray());
  }

  @MethodSource("seeds")
  @FuzzTest
  void theFileIsReadOrRefused(byte[] file) throws IOException {
    try {
      assertThat(MatFile.wordNetIds(file)).isNotEmpty();
    } catch (ShardException e) {
      assertThat(e).hasMessageContaining("meta.mat");
    }
  }
}
