package io.earlybird.spark.replica;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/** A directory with an {@code nvidia-smi} that reports what a test wants it to. */
record MadeUpGpus(Path directory) {
  static final Path SCRIPT = Path.of("..", "submit", "gpu", "discover-gpus").toAbsolutePath();

  /** The GPUs 0, 1, ... with these UUIDs. */
  static MadeUpGpus of(Path directory, List<String> uuids) throws IOException {
    StringBuilder lines = new StringBuilder("#!/bin/sh\n");
    for (int i = 0; i < uuids.size(); i++) {
      lines.append("echo '").append(i).append(", ").append(uuids.get(i)).append("'\n");
    }
    executable(directory.resolve("nvidia-smi"), lines.toString());
    return new MadeUpGpus(directory);
  }

  /** The shipped discovery script on these GPUs, as a command without arguments. */
  Path discovery(Optional<String> visible) throws IOException {
    String setting = visible.map(list -> "export CUDA_VISIBLE_DEVICES='" + list + "'\n").orElse("");
    return executable(
        directory.resolve("discover"),
        "#!/bin/sh\nPATH='" + directory + "':$PATH\n" + setting + "exec '" + SCRIPT + "'\n");
  }

  static Path executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
