package io.earlybird.spark.round;

import io.earlybird.spark.averaging.Moments;
import io.earlybird.spark.averaging.WeightedMean;
import io.earlybird.spark.averaging.WirePrecision;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * Second stage of a round: each task joins the pieces of one slice, in the order of the tasks that
 * they come from and whatever the order in which they arrive.
 */
final class CombineSlices implements FlatMapFunction<Iterator<Tuple2<Integer, Piece>>, Combined> {
  private static final long serialVersionUID = 1;

  /** Values that are decoded and summed while they are in the processor's cache. */
  private static final int BLOCK = 1 << 12;

  private final Broadcast<RoundInput> broadcast;

  CombineSlices(Broadcast<RoundInput> broadcast) {
    this.broadcast = broadcast;
  }

  @Override
  public Iterator<Combined> call(Iterator<Tuple2<Integer, Piece>> arrived) {
    int slice = -1;
    List<Piece> pieces = new ArrayList<>();
    while (arrived.hasNext()) {
      Tuple2<Integer, Piece> next = arrived.next();
      slice = next._1();
      pieces.add(next._2());
    }
    pieces.sort(Comparator.comparingInt(Piece::task));
    if (pieces.isEmpty()) {
      return Stream.<Combined>empty().iterator();
    }
    return Stream.of(combine(slice, pieces)).iterator();
  }

  private Combined combine(int slice, List<Piece> pieces) {
    List<Piece.Slice> slices = new ArrayList<>();
    List<Piece.Closing> closings = new ArrayList<>();
    for (Piece piece : pieces) {
      if (piece instanceof Piece.Slice values) {
        slices.add(values);
      } else if (piece instanceof Piece.Closing closing) {
        closings.add(closing);
      }
    }
    return closings.isEmpty() ? mean(slice, slices) : close(closings);
  }

  private Combined mean(int slice, List<Piece.Slice> pieces) {
    RoundInput input = broadcast.value();
    RoundBase base = RoundBase.of(input, input.layout());
    int from = input.slices().from(slice);
    int length = input.slices().to(slice) - from;
    ByteBuffer mean = ByteBuffer.allocate(Math.multiplyExact(length, Float.BYTES));
    FloatBuffer floats = mean.order(HeldValues.ORDER).asFloatBuffer();
    for (int at = 0; at < length; at += BLOCK) {
      int count = Math.min(BLOCK, length - at);
      floats.put(mean(pieces, input.averaging().wire(), at, base.read(from + at, count), count));
    }
    return new Combined.Slice(slice, HeldValues.hold(mean));
  }

  /** Mean of {@code count} values of all pieces from value {@code at} of the slice on. */
  private static float[] mean(
      List<Piece.Slice> pieces, WirePrecision wire, int at, float[] base, int count) {
    WeightedMean mean = new WeightedMean(count);
    float[] values = new float[count];
    for (Piece.Slice piece : pieces) {
      wire.decode(piece.values().bytes(), at * wire.bytes(), base, count, values);
      mean.add(piece.samples(), values);
    }
    return mean.toFloats();
  }

  private static Combined close(List<Piece.Closing> pieces) {
    List<TaskReport> reports = new ArrayList<>();
    List<Moments> moments = new ArrayList<>();
    for (Piece.Closing piece : pieces) {
      reports.add(piece.report());
      if (piece.moments().samples() > 0) {
        moments.add(piece.moments());
      }
    }
    boolean failed = reports.stream().anyMatch(TaskReport::failed);
    return new Combined.Closing(
        reports, failed || moments.isEmpty() ? List.of() : List.of(Moments.combine(moments)));
  }
}
