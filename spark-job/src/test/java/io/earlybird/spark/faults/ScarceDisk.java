package io.earlybird.spark.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory on which files can be made to fail: a small file system where this user may mount
 * one, else a directory whose permissions are taken away.
 */
final class ScarceDisk implements AutoCloseable {
  private final Path directory;
  private final boolean mounted;

  private ScarceDisk(Path directory, boolean mounted) {
    this.directory = directory;
    this.mounted = mounted;
  }

  /** A directory whose permissions are taken away. */
  static ScarceDisk ofPermissions(Path directory) throws IOException {
    return new ScarceDisk(Files.createDirectories(directory), false);
  }

  /** A small file system where this user may mount one, else as {@link #ofPermissions}. */
  static ScarceDisk ofSize(Path directory) throws IOException, InterruptedException {
    String place = Files.createDirectories(directory).toString();
    return new ScarceDisk(directory, run("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", place));
  }

  Path directory() {
    return directory;
  }

  /** What a process says that writes while the space is taken. */
  String complaint() {
    return mounted ? "No space left on device" : "(?i)permission denied|failed to create";
  }

  /** From now on nothing more can be written. */
  void take() throws IOException {
    if (!mounted) {
      permit("r-xr-xr-x");
      return;
    }
    try (OutputStream out = Files.newOutputStream(directory.resolve("filler"))) {
      byte[] block = new byte[1 << 16];
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      // It is full.
    }
  }

  void giveBack() throws IOException {
    if (mounted) {
      Files.deleteIfExists(directory.resolve("filler"));
    } else {
      permit("rwxr-xr-x");
    }
  }

  private void permit(String permissions) throws IOException {
    List<Path> all;
    try (Stream<Path> below = Files.walk(directory)) {
      all = below.filter(Files::isDirectory).toList();
    }
    for (Path each : all) {
      Files.setPosixFilePermissions(each, PosixFilePermissions.fromString(permissions));
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor() == 0;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    giveBack();
    if (mounted && !run("umount", directory.toString())) {
      boolean unused = run("umount", "-l", directory.toString());
    }
  }
}
