package io.earlybird.engine.dl4j;

import io.earlybird.engine.dl4j.kernels.Bfloat16;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.ShortPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Access to the values of dense arrays from Java; with a GPU, to their copy on the host. */
final class HostMemory {
  private HostMemory() {}

  /** The current values of an array of floats; the buffer does not keep the array alive. */
  static FloatBuffer of(INDArray array) {
    Nd4j.getAffinityManager().ensureLocation(array, Location.HOST);
    return new FloatPointer(array.data().addressPointer()).capacity(array.length()).asBuffer();
  }

  /** Replaces all values of an array of either type of activations by floats, rounded to it. */
  static void write(FloatBuffer from, INDArray array) {
    if (array.dataType() == DataType.BFLOAT16) {
      Bfloat16.round(from, shorts(array));
    } else {
      FloatBuffer target = of(array);
      target.put(0, from, 0, target.capacity());
    }
    changed(array);
  }

  /** All values of an array of either type of activations, in a new array. */
  static float[] read(INDArray array) {
    float[] values = new float[Math.toIntExact(array.length())];
    if (array.dataType() == DataType.BFLOAT16) {
      Bfloat16.widen(shorts(array), values);
    } else {
      of(array).get(0, values);
    }
    return values;
  }

  private static ShortBuffer shorts(INDArray array) {
    return new ShortPointer(array.data().addressPointer()).capacity(array.length()).asBuffer();
  }

  /** Says that the host's copy has been changed, and is the one that counts. */
  static void changed(INDArray array) {
    Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
  }

  /** Address of the first value of an array or a view. */
  static long address(INDArray array) {
    return array.data().addressPointer().address();
  }
}
