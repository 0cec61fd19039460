package io.earlybird.spark.round;

import io.earlybird.spark.averaging.ReplicaMean;
import io.earlybird.spark.averaging.WirePrecision;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A range of the mean of a task's replicas, encoded as it travels.
 *
 * @param mean of the task's replicas
 * @param base the shared state at the start of the round
 * @param wire how values travel
 * @param from index of the first value in the flat vector
 * @param to index after the last
 */
record MeanSource(ReplicaMean mean, RoundBase base, WirePrecision wire, int from, int to)
    implements WireSlice.Source {
  private static final int BLOCK = 1 << 13;

  @Override
  public int length() {
    return Math.multiplyExact(to - from, wire.bytes());
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    float[] values = new float[BLOCK];
    byte[] bytes = new byte[BLOCK * wire.bytes()];
    for (int at = from; at < to; at += BLOCK) {
      int count = Math.min(BLOCK, to - at);
      mean.read(at, count, values);
      wire.encode(values, base.read(at, count), count, bytes);
      out.write(bytes, 0, count * wire.bytes());
    }
  }
}
