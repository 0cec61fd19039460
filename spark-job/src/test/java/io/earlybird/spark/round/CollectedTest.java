package io.earlybird.spark.round;

import static org.assertj.core.api.Assertions.assertThat;

import io.earlybird.model.architecture.Networks;
import io.earlybird.model.parameters.ParameterLayout;
import io.earlybird.spark.LocalSpark;
import io.earlybird.spark.averaging.MomentumTreatment;
import io.earlybird.spark.averaging.Slices;
import io.earlybird.spark.averaging.StateVector;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

class CollectedTest {
  private static final long NO_TASK = 1L << 60;

  private final JavaSparkContext spark = LocalSpark.context();
  private final ParameterLayout layout = ParameterLayout.of(Networks.named("demo"));
  private final StateVector vector = new StateVector(layout, MomentumTreatment.AVERAGE);

  @Test
  void whatExecutorsHoldIsPutIntoPlaceAndWhatIsLostIsNamed() {
    Slices slices = new Slices(vector.length(), 3);
    Collected collected = new Collected(vector, slices);
    List<Combined.Slice> held =
        spark
            .parallelize(List.of(0, 1, 2), 3)
            .map(slice -> new Combined.Slice(slice, HeldValues.hold(counted(slices, slice))))
            .collect();
    HeldValues gone = new HeldValues(held.get(1).values().holder(), NO_TASK);

    collected.apply(0, held.get(0));
    collected.apply(1, new Combined.Slice(1, gone));
    collected.apply(2, held.get(2));
    assertThat(collected.lost()).containsExactly(1);
    collected.apply(1, held.get(1));
    assertThat(collected.lost()).isEmpty();

    float[] values = new float[vector.length()];
    vector.read(collected.mean(), 0, values.length, values);
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).isEqualTo((float) i);
    }
  }

  /** Every value is its own index, below 2^24. */
  private static ByteBuffer counted(Slices slices, int slice) {
    int from = slices.from(slice);
    int count = slices.to(slice) - from;
    ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES);
    FloatBuffer floats = bytes.order(HeldValues.ORDER).asFloatBuffer();
    for (int i = 0; i < count; i++) {
      floats.put(i, (float) (from + i));
    }
    return bytes;
  }
}
