package io.earlybird.spark.tensorboard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.zip.CRC32C;
import org.nd4j.shade.protobuf.CodedOutputStream;
import org.tensorflow.framework.Summary;

/**
 * The content of an event file: messages {@code tensorflow.Event}, each framed as a TFRecord.
 *
 * <p>A record is the length n of its data (8 bytes, little endian), the masked CRC-32C of these
 * bytes, the data, and the masked CRC-32C of the data. The mask of a checksum c is {@code ((c >>>
 * 15) | (c << 17)) + 0xa282ead8} (TensorFlow, {@code core/lib/io/record_writer.h} and {@code
 * core/util/event.proto}).
 */
final class EventRecords {
  private static final String VERSION = "brain.Event:2";
  private static final int MASK_DELTA = 0xa282ead8;
  private static final double NANOS = 1e9;

  /** Fields of {@code tensorflow.Event}. */
  private static final int WALL_TIME = 1;

  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Begins a file with the record that says which version of the format it has. */
  EventRecords(Instant begun) {
    append(
        event -> {
          event.writeDouble(WALL_TIME, seconds(begun));
          event.writeString(FILE_VERSION, VERSION);
        });
  }

  private interface Fields {
    void writeTo(CodedOutputStream event) throws IOException;
  }

  /** Adds what there is to tell of a step. */
  void add(Instant time, int step, Summary summary) {
    append(
        event -> {
          event.writeDouble(WALL_TIME, seconds(time));
          event.writeInt64(STEP, step);
          event.writeMessage(SUMMARY, summary);
        });
  }

  /** All records so far. */
  byte[] bytes() {
    return bytes.toByteArray();
  }

  private void append(Fields fields) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    try {
      CodedOutputStream event = CodedOutputStream.newInstance(data);
      fields.writeTo(event);
      event.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write to memory", e);
    }
    byte[] length = little(Long.BYTES).putLong(data.size()).array();
    bytes.writeBytes(length);
    bytes.writeBytes(little(Integer.BYTES).putInt(maskedChecksum(length)).array());
    bytes.writeBytes(data.toByteArray());
    bytes.writeBytes(little(Integer.BYTES).putInt(maskedChecksum(data.toByteArray())).array());
  }

  private static int maskedChecksum(byte[] data) {
    CRC32C checksum = new CRC32C();
    checksum.update(data);
    return Integer.rotateRight((int) checksum.getValue(), 15) + MASK_DELTA;
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static double seconds(Instant time) {
    return time.getEpochSecond() + time.getNano() / NANOS;
  }
}
