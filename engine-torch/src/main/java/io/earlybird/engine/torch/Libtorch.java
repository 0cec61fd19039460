package io.earlybird.engine.torch;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/** The native library of this process. */
final class Libtorch {
  /** Ends of the names of the presets' folders, the preferred one first. */
  private static final List<String> VARIANTS = List.of("-gpu", "");

  /** Libraries that depend on each other; those with "cuda" are in the build for GPUs only. */
  private static final List<String> PARTS =
      List.of("c10", "torch_cpu", "c10_cuda", "torch_cuda", "torch");

  private Libtorch() {}

  /** Says why the library did not load, in every call alike; the JVM says it in the first only. */
  private static final class Loading {
    static final Optional<LinkageError> PROBLEM = attempt();

    private static Optional<LinkageError> attempt() {
      try {
        extractParts();
        Loader.load(torch.class);
        return Optional.empty();
      } catch (LinkageError e) {
        return Optional.of(e);
      } catch (IOException e) {
        return Optional.of((LinkageError) new UnsatisfiedLinkError(e.toString()).initCause(e));
      }
    }
  }

  /**
   * Puts the files that libtorch consists of into JavaCPP's cache before any of them is loaded.
   *
   * <p>The presets extract and load one file after the other, and libtorch before libtorch_cpu, on
   * which it depends. With an empty cache, the dynamic linker would then take another libtorch_cpu
   * that is installed in the system, or one that another process is still writing; either ends the
   * process. Here a process that finds a file half written waits for JavaCPP's lock on the cache.
   */
  private static void extractParts() throws IOException {
    for (String variant : VARIANTS) {
      String folder = Loader.getPlatform() + variant + "/";
      boolean found = false;
      for (String part : PARTS) {
        String resource = folder + System.mapLibraryName(part);
        found |= Loader.cacheResource(torch.class, resource) != null;
      }
      if (found) {
        return;
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
