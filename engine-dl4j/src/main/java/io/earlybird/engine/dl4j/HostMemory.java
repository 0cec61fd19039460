package io.earlybird.engine.dl4j;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Access to the values of dense arrays from Java; with a GPU, to their copy on the host. */
final class HostMemory {
  private HostMemory() {}

  /** The current values; the buffer does not keep the array alive. */
  static FloatBuffer of(INDArray array) {
    Nd4j.getAffinityManager().ensureLocation(array, Location.HOST);
    return new FloatPointer(array.data().addressPointer()).capacity(array.length()).asBuffer();
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
