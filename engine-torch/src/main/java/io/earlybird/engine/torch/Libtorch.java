package io.earlybird.engine.torch;

import java.util.Locale;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/** The native library of this process. */
final class Libtorch {
  private Libtorch() {}

  /** Says why the library did not load, in every call alike; the JVM says it in the first only. */
  private static final class Loading {
    static final Optional<LinkageError> PROBLEM = attempt();

    private static Optional<LinkageError> attempt() {
      try {
        Loader.load(torch.class);
        return Optional.empty();
      } catch (LinkageError e) {
        return Optional.of(e);
      }
    }
  }

  /**
   * Loads the native library, once.
   *
   * @throws IllegalStateException if it is not there or does not load; the message says what to do
   */
  static void load() {
    if (Loading.PROBLEM.isPresent()) {
      LinkageError problem = Loading.PROBLEM.get();
      throw new IllegalStateException(
          "Cannot load libtorch ("
              + firstLine(problem)
              + "): the jars pytorch "
              + Versions.presets()
              + " and openblas must be on the class path, both also with classifier linux-x86_64"
              + " (-gpu for pytorch on GPUs, with the jars of the profile cuda-torch), and JavaCPP's"
              + " cache ("
              + System.getProperty("org.bytedeco.javacpp.cachedir", "~/.javacpp/cache")
              + ") must have 500 MB free; set another with -Dorg.bytedeco.javacpp.cachedir, and"
              + " delete a damaged one",
          problem);
    }
  }

  private static String firstLine(LinkageError e) {
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest.toString().lines().findFirst().orElse("");
  }

  /** Instruction set of ATen's own kernels, for example {@code avx512}; oneDNN chooses its own. */
  static String instructionSet() {
    load();
    try (BytePointer name = torch.get_cpu_capability()) {
      return name.getString().toLowerCase(Locale.ROOT).replace(' ', '_');
    }
  }

  /**
   * Number of GPUs that this process sees; 0 with the build for processors. Makes float32 products
   * on GPUs use TF32, as PyTorch's documentation advises for training.
   */
  static int gpus() {
    load();
    try {
      Loader.load(Class.forName("org.bytedeco.pytorch.global.torch_cuda"));
    } catch (ClassNotFoundException | LinkageError e) {
      return 0;
    }
    if (!torch.hasCUDA()) {
      return 0;
    }
    torch.globalContext().setAllowTF32CuBLAS(true);
    torch.globalContext().setAllowTF32CuDNN(true);
    return torch.cuda_device_count();
  }
}
