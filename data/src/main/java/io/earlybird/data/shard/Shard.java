package io.earlybird.data.shard;

import io.earlybird.model.json.StrictJson;
import java.io.Serializable;
import java.util.regex.Pattern;

/**
 * What {@code index.json} says of one shard.
 *
 * @param name file name of the tar, beside {@code index.json}
 * @param bytes length of the tar
 * @param sha256 SHA-256 of the tar, 64 lower-case hexadecimal digits
 * @param samples number of samples, from 1 to {@link #MAX_SAMPLES}
 * @param sidecarSha256 SHA-256 of the sidecar index
 */
public record Shard(String name, long bytes, String sha256, int samples, String sidecarSha256)
    implements Serializable {
  /** The most samples of a shard. */
  public static final int MAX_SAMPLES = 1 << 22;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,200}\\.tar");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  public Shard {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "Invalid shard name '"
              + StrictJson.shown(name)
              + "': must be a plain file name that ends in .tar");
    }
    if (bytes < 1 || samples < 1 || samples > MAX_SAMPLES) {
      throw new IllegalArgumentException(
          "Invalid shard "
              + name
              + ": "
              + bytes
              + " bytes, "
              + samples
              + " samples; allowed are 1 to "
              + MAX_SAMPLES);
    }
    if (!HASH.matcher(sha256).matches() || !HASH.matcher(sidecarSha256).matches()) {
      throw new IllegalArgumentException(
          "Invalid shard " + name + ": a hash is not 64 lower-case hexadecimal digits");
    }
  }

  /** File name of the sidecar index. */
  public String sidecarName() {
    return name.substring(0, name.length() - ".tar".length()) + ".idx";
  }
}
