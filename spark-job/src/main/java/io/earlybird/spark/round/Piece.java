package io.earlybird.spark.round;

import io.earlybird.spark.averaging.Moments;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;

/** Part of the result of a task, on its way to the executor that combines it with the others. */
sealed interface Piece {
  /** Index of the task in the round. */
  int task();

  /**
   * One slice of the mean of the task's replicas.
   *
   * @param samples of the replicas
   * @param values as {@link io.earlybird.spark.averaging.WirePrecision} encodes them
   */
  record Slice(int task, long samples, WireSlice values) implements Piece {}

  /**
   * Running statistics and report of the task.
   *
   * @param moments of the task's replicas
   */
  record Closing(TaskReport report, Moments moments) implements Piece, Serializable {
    private static final long serialVersionUID = 1;

    @Override
    public int task() {
      return report.task();
    }
  }

  /** Writes a piece; the values of a slice follow its numbers without anything around them. */
  static void write(Piece piece, DataOutputStream out) throws IOException {
    out.writeBoolean(piece instanceof Slice);
    if (piece instanceof Slice slice) {
      out.writeInt(slice.task);
      out.writeLong(slice.samples);
      slice.values.writeTo(out);
    } else {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream objects = new ObjectOutputStream(bytes)) {
        objects.writeObject(piece);
      }
      out.writeInt(bytes.size());
      bytes.writeTo(out);
    }
  }

  /** Reads what {@link #write} has written. */
  static Piece read(DataInputStream in) throws IOException {
    if (in.readBoolean()) {
      return new Slice(in.readInt(), in.readLong(), WireSlice.read(in));
    }
    byte[] bytes = in.readNBytes(in.readInt());
    try (ObjectInputStream objects = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return (Closing) objects.readObject();
    } catch (ClassNotFoundException e) {
      throw new InvalidClassException(e.getMessage());
    }
  }
}
