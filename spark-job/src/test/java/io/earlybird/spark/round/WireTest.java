package io.earlybird.spark.round;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.data.batch.ReadReport;
import io.earlybird.model.engine.Precision;
import io.earlybird.model.engine.StepRule;
import io.earlybird.model.parameters.HeldEntries;
import io.earlybird.pruning.schedule.CosineDecay;
import io.earlybird.spark.averaging.Averaging;
import io.earlybird.spark.averaging.FloatVector;
import io.earlybird.spark.averaging.LocalSteps;
import io.earlybird.spark.averaging.Moments;
import io.earlybird.spark.averaging.MomentumTreatment;
import io.earlybird.spark.averaging.OuterStep;
import io.earlybird.spark.averaging.Slices;
import io.earlybird.spark.averaging.WirePrecision;
import io.earlybird.spark.replica.ReplicaKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.spark.serializer.SerializationStream;
import org.apache.spark.serializer.SerializerInstance;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.util.SizeEstimator;
import org.junit.jupiter.api.Test;
import scala.Option;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** What travels arrives as it was sent. */
class WireTest {
  private static final ClassTag<Piece> PIECE = ClassTag$.MODULE$.apply(Piece.class);
  private static final float[] VALUES = {0, -0f, 1.5f, Float.MIN_VALUE, Float.NaN};

  @Test
  void aVectorTravelsInBlocksOfBytes() throws Exception {
    float[] large = new float[100_000];
    for (int i = 0; i < large.length; i++) {
      large[i] = i;
    }

    assertThat(sent(new FloatVector(VALUES)).values()).isEqualTo(VALUES);
    assertThat(sent(new FloatVector(large)).values()).isEqualTo(large);
    assertThat(bytes(new FloatVector(large))).hasSizeBetween(400_000, 403_000);
  }

  @Test
  void theInputOfARoundTravels() throws Exception {
    BitSet held = new BitSet();
    held.set(3);
    RoundInput input =
        new RoundInput(
            new ReplicaKey("run", 1, "{}", "dl4j", Precision.FLOAT32, 2),
            new RoundSteps(4, 2, 10, 20, 100, new CosineDecay(0.1, 9)),
            StepRule.sgd(0.1, 0.9, 1e-4).withHeld(HeldEntries.of(held)),
            new Averaging(
                4,
                2,
                new LocalSteps.Qsr(4, 0.2),
                MomentumTreatment.RESET,
                new OuterStep.SlowMo(0.5, 1),
                WirePrecision.BFLOAT16),
            new DrawnBatches("{}", 4, 2, 100),
            new FloatVector(VALUES),
            new FloatVector(new float[] {7}),
            new Slices(5, 2));
    RoundInput arrived = sent(input);

    assertThat(arrived)
        .usingRecursiveComparison()
        .ignoringFields("parameterValues", "momentumValues")
        .isEqualTo(input);
    assertThat(arrived.parameterValues().values()).isEqualTo(VALUES);
    assertThat(arrived.momentumValues().values()).containsExactly(7);
  }

  @Test
  void piecesAndWhatIsCombinedOfThemTravel() throws Exception {
    TaskReport report =
        new TaskReport(
            3, 64, 1.25, 7, "", 11, new ReadReport(64, 1, List.of("shard 5"), 3, 9), 2, "avx2");
    Moments moments = new Moments(64, new double[] {0.1}, new double[] {0.3});
    WireSlice written = new WireSlice(new Bytes(1, 2, new FloatVector(new float[100_000])));
    List<Piece> pieces =
        shuffled(List.of(new Piece.Slice(3, 64, written), new Piece.Closing(report, moments)));
    Piece.Slice slice = (Piece.Slice) pieces.get(0);
    Piece.Closing closing = (Piece.Closing) pieces.get(1);
    Piece.Slice again = (Piece.Slice) shuffled(List.of(slice)).get(0);
    Combined.Slice mean =
        sent(
            new Combined.Slice(
                2, new HeldValues(BlockManagerId.apply("1", "a", 7, Option.empty()), 9)));
    Combined.Closing all = sent(new Combined.Closing(List.of(report), List.of(moments)));

    assertThat(slice.task()).isEqualTo(3);
    assertThat(slice.samples()).isEqualTo(64);
    assertThat(slice.values().bytes()).containsExactly(1, 2);
    assertThat(again.values().bytes()).containsExactly(1, 2);
    assertThat(SizeEstimator.estimate(written)).isLessThan(1000);
    assertThat(closing.report()).isEqualTo(report);
    assertThat(closing.moments().means()).containsExactly(0.1);
    assertThat(closing.moments().variances()).containsExactly(0.3);
    assertThat(mean.slice()).isEqualTo(2);
    assertThat(mean.values().holder().port()).isEqualTo(7);
    assertThat(mean.values().block().name()).isEqualTo("taskresult_9");
    assertThat(all.reports()).containsExactly(report);
    assertThat(all.moments().get(0).samples()).isEqualTo(64);
  }

  /** Two bytes, and something large behind them that does not travel. */
  private record Bytes(int first, int second, FloatVector behind) implements WireSlice.Source {
    @Override
    public int length() {
      return 2;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      out.write(first);
      out.write(second);
    }
  }

  /** Through a file of a shuffle, under the keys 0, 1, ... */
  private static List<Piece> shuffled(List<Piece> pieces) {
    SerializerInstance serializer = new PieceSerializer().newInstance();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SerializationStream out = serializer.serializeStream(bytes);
    for (int key = 0; key < pieces.size(); key++) {
      out.writeKey(key, ClassTag$.MODULE$.Int()).writeValue(pieces.get(key), PIECE);
    }
    out.close();
    Iterator<Tuple2<Object, Object>> arrived =
        serializer
            .deserializeStream(new ByteArrayInputStream(bytes.toByteArray()))
            .asKeyValueIterator();
    List<Piece> read = new ArrayList<>();
    while (arrived.hasNext()) {
      Tuple2<Object, Object> pair = arrived.next();
      assertThat(pair._1()).isEqualTo(read.size());
      read.add((Piece) pair._2());
    }
    return read;
  }

  private static byte[] bytes(Object value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    return bytes.toByteArray();
  }

  @SuppressWarnings("unchecked")
  private static <T> T sent(T value) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes(value)))) {
      return (T) in.readObject();
    }
  }
}
