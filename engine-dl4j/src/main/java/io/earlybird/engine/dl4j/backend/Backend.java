package io.earlybird.engine.dl4j.backend;

import io.earlybird.engine.dl4j.kernels.HostThreads;
import io.earlybird.engine.dl4j.kernels.Kernels;
import io.earlybird.engine.dl4j.nd4j.Nd4jKernels;
import io.earlybird.engine.dl4j.onednn.Bfloat16Support;
import io.earlybird.engine.dl4j.onednn.OneDnn;
import io.earlybird.engine.dl4j.onednn.OneDnnKernels;
import io.earlybird.model.engine.Device;
import io.earlybird.model.engine.Precision;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
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

  /** Precisions that this back end trains in, on this machine. */
  public Set<Precision> precisions() {
    Set<Precision> precisions = EnumSet.allOf(Precision.class);
    precisions.removeIf(precision -> refusal(precision).isPresent());
    return precisions;
  }

  /** Why this back end does not train in a precision on this machine; empty if it does. */
  public Optional<String> refusal(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> Optional.empty();
      case FLOAT64 ->
          Optional.of("The dl4j engine has no precision float64; set engine.precision = float32");
      case BFLOAT16 -> bfloat16Refusal();
    };
  }

  private Optional<String> bfloat16Refusal() {
    if (this == CUDA) {
      return Optional.of(
          "The dl4j engine has no precision bfloat16 on a GPU, where ND4J's operations have one data"
              + " type for weights and activations; set engine.precision = float32, or"
              + " engine.name = torch");
    }
    return OneDnn.bfloat16() == Bfloat16Support.NONE
        ? Optional.of(
            "The dl4j engine has no precision bfloat16 on this processor: oneDNN trains in it with"
                + " AVX-512 (avx512_core) or later, and compiles for "
                + OneDnn.instructionSet()
                + " here; set engine.precision = float32, or use machines with AVX-512, best with"
                + " AVX512_BF16")
        : Optional.empty();
  }

  /**
   * New kernels; the caller closes them.
   *
   * @param threads for passes over host memory; closed by the caller, after the kernels
   * @throws IllegalArgumentException if this machine does not train in that precision
   */
  public Kernels kernels(Precision precision, HostThreads threads) {
    refusal(precision)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
    return switch (this) {
      case CPU ->
          new OneDnnKernels(
              precision == Precision.BFLOAT16 ? DataType.BFLOAT16 : DataType.FLOAT, threads);
      case CUDA -> new Nd4jKernels();
    };
  }
}
