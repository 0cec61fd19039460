package io.earlybird.engine.torch;

import java.util.Locale;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/** The native library of this process. */
final class Libtorch {
  private Libtorch() {}

  /**
   * Loads the native library, once.
   *
   * @throws IllegalStateException if it is not there or does not load; the message says what to do
   */
  static void load() {
    try {
      Loader.load(torch.class);
    } catch (LinkageError e) {
      throw new IllegalStateException(
          "Cannot load libtorch ("
              + firstLine(e)
              + "): the jars pytorch "
              + Versions.presets()
              + ", openblas and javacpp with classifier linux-x86_64 must be on the class path, and"
              + " JavaCPP's cache ("
              + cacheDirectory()
              + ", or -Dorg.bytedeco.javacpp.cachedir) must be writable, with 500 MB free; if a"
              + " file in it is damaged, delete it",
          e);
    }
  }

  private static String firstLine(LinkageError e) {
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest.toString().lines().findFirst().orElse("");
  }

  private static String cacheDirectory() {
    return System.getProperty("org.bytedeco.javacpp.cachedir", "~/.javacpp/cache");
  }

  /** Instruction set of ATen's own kernels, for example {@code avx512}; oneDNN chooses its own. */
  static String instructionSet() {
    load();
    try (BytePointer name = torch.get_cpu_capability()) {
      return name.getString().toLowerCase(Locale.ROOT).replace(' ', '_');
    }
  }
}
