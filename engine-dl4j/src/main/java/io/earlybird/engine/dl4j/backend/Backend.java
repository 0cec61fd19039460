package io.earlybird.engine.dl4j.backend;

import io.earlybird.engine.dl4j.kernels.Kernels;
import io.earlybird.engine.dl4j.nd4j.Nd4jKernels;
import io.earlybird.engine.dl4j.onednn.OneDnnKernels;
import io.earlybird.model.engine.Device;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;

/** The ND4J back end of this process: there is one, chosen by the class path. */
public enum Backend {
  /** nd4j-native; layers compute with oneDNN. */
  CPU(Device.Kind.CPU, "without a profile"),
  /** nd4j-cuda; layers compute with ND4J's operations. */
  CUDA(Device.Kind.CUDA, "with the profile cuda-dl4j");

  private final Device.Kind kind;
  private final String howToBuild;

  Backend(Device.Kind kind, String howToBuild) {
    this.kind = kind;
    this.howToBuild = howToBuild;
  }

  /** The one that ND4J has loaded. */
  public static Backend loaded() {
    Nd4jBackend backend = Nd4j.getBackend();
    return backend.getClass().getName().contains("JCublas") ? CUDA : CPU;
  }

  /**
   * Makes the calling thread use the device.
   *
   * @throws IllegalArgumentException if this process has the other back end, or too few devices
   */
  public void use(Device device) {
    if (device.kind() != kind) {
      throw new IllegalArgumentException(
          "The dl4j engine cannot use "
              + device
              + ": ND4J has loaded its "
              + this
              + " back end; build "
              + of(device.kind()).howToBuild);
    }
    int devices = Nd4j.getAffinityManager().getNumberOfDevices();
    if (device.index() >= devices) {
      throw new IllegalArgumentException(
          "The dl4j engine cannot use " + device + ": this process sees " + devices);
    }
    if (this == CUDA) {
      Nd4j.getAffinityManager().unsafeSetDevice(device.index());
    }
  }

  private static Backend of(Device.Kind kind) {
    return switch (kind) {
      case CPU -> CPU;
      case CUDA -> CUDA;
    };
  }

  /** New kernels; the caller closes them. */
  public Kernels kernels() {
    return switch (this) {
      case CPU -> new OneDnnKernels();
      case CUDA -> new Nd4jKernels();
    };
  }
}
