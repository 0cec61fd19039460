package io.earlybird.engine.dl4j;

import io.earlybird.engine.dl4j.backend.Backend;
import io.earlybird.engine.dl4j.kernels.ConvolutionGeometry;
import io.earlybird.engine.dl4j.kernels.ConvolutionKernel;
import io.earlybird.engine.dl4j.kernels.Dims;
import io.earlybird.engine.dl4j.kernels.HostThreads;
import io.earlybird.engine.dl4j.onednn.OneDnn;
import io.earlybird.engine.dl4j.onednn.OneDnnKernels;
import io.earlybird.model.engine.Finding;
import io.earlybird.model.engine.Finding.Level;
import io.earlybird.model.engine.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Looks at the native libraries of this engine, and proves by a convolution that oneDNN is used.
 */
final class Diagnosis {
  /** A 3x3 convolution of ResNet-50's first stage. */
  private static final ConvolutionGeometry SAMPLE =
      new ConvolutionGeometry(new Dims(1, 64, 56, 56), 64, 3, 1, 1, false);

  private static final int REPETITIONS = 20;
  private static final int FIRST_UNSUPPORTED_MAJOR = 9;
  private static final int LAST_SUPPORTED_MINOR = 6;

  private Diagnosis() {}

  static List<Finding> run() {
    List<Finding> findings = new ArrayList<>();
    try {
      Backend backend = Backend.loaded();
      findings.add(
          new Finding(
              Level.OK,
              "ND4J",
              Versions.dl4j() + ", back end " + Nd4j.getBackend().getClass().getSimpleName()));
      switch (backend) {
        case CPU -> {
          oneDnn(findings);
          findings.add(bfloat16());
        }
        case CUDA -> devices(findings);
      }
    } catch (LinkageError e) {
      findings.add(
          new Finding(
              Level.ERROR,
              "native libraries of the dl4j engine",
              e
                  + ": the jars nd4j-native, openblas, dnnl and opencl with classifier linux-x86_64"
                  + " must be on the class path of this machine's platform"));
    }
    return findings;
  }

  private static void oneDnn(List<Finding> findings) {
    findings.add(
        new Finding(
            Level.OK, "oneDNN", OneDnn.version() + " compiling for " + OneDnn.instructionSet()));
    String measured = measured(DataType.FLOAT);
    boolean compiled = measured.startsWith("brg") || measured.startsWith("jit");
    findings.add(
        compiled
            ? new Finding(Level.OK, "convolution by oneDNN", measured)
            : new Finding(
                Level.WARNING,
                "convolution by oneDNN",
                measured + ": not compiled for this processor, which needs AVX2 or AVX-512"));
  }

  private static Finding bfloat16() {
    String subject = "engine.precision = bfloat16";
    return switch (OneDnn.bfloat16()) {
      case NATIVE -> new Finding(Level.OK, subject, measured(DataType.BFLOAT16));
      case EMULATED ->
          new Finding(
              Level.OK,
              subject,
              measured(DataType.BFLOAT16)
                  + ": emulated, because this processor lacks AVX512_BF16; float32 is faster here");
      case NONE ->
          new Finding(
              Level.WARNING, subject, Backend.CPU.refusal(Precision.BFLOAT16).orElseThrow());
    };
  }

  /** Which implementation convolves activations of that type, and how fast it does. */
  private static String measured(DataType type) {
    try (OneDnnKernels kernels = new OneDnnKernels(type, HostThreads.one())) {
      return String.format(
          Locale.ROOT,
          "%s, %.0f GFLOP/s on this thread's OpenMP threads",
          kernels.implementationOf(SAMPLE),
          gigaflops(kernels.convolution(SAMPLE), type));
    }
  }

  private static double gigaflops(ConvolutionKernel kernel, DataType type) {
    INDArray x = Nd4j.ones(type, SAMPLE.input().nhwc());
    INDArray weights = Nd4j.rand(DataType.FLOAT, 64, 64, 3, 3);
    INDArray y = Nd4j.createUninitialized(type, SAMPLE.output().nhwc());
    kernel.forward(x, weights, null, y);
    long start = System.nanoTime();
    for (int i = 0; i < REPETITIONS; i++) {
      kernel.forward(x, weights, null, y);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    double flops = 2.0 * SAMPLE.output().elements() * 64 * 9 * REPETITIONS;
    List.of(x, weights, y).forEach(INDArray::close);
    return flops / seconds / 1e9;
  }

  /** ND4J's CUDA binaries hold machine code for compute capability 3.5 to 8.6 and nothing else. */
  private static void devices(List<Finding> findings) {
    NativeOps nativeOps = NativeOpsHolder.getInstance().getDeviceNativeOps();
    for (int device = 0; device < nativeOps.getAvailableDevices(); device++) {
      int major = nativeOps.getDeviceMajor(device);
      int minor = nativeOps.getDeviceMinor(device);
      boolean supported =
          major < FIRST_UNSUPPORTED_MAJOR
              && (major < FIRST_UNSUPPORTED_MAJOR - 1 || minor <= LAST_SUPPORTED_MINOR);
      String name = nativeOps.getDeviceName(device) + ", compute capability " + major + "." + minor;
      findings.add(
          supported
              ? new Finding(Level.OK, "GPU " + device, name)
              : new Finding(
                  Level.ERROR,
                  "GPU " + device,
                  name + ": ND4J's kernels end at 8.6; use the torch engine on this GPU"));
    }
  }
}
