package io.earlybird.data.image;

/** Kinds of image that a shard may hold. */
public enum ImageFormat {
  /** JPEG, of any color space. */
  JPEG("jpg"),

  /** PNG, of any depth. */
  PNG("png");

  private final String extension;

  ImageFormat(String extension) {
    this.extension = extension;
  }

  /** File extension in shards, without the dot. */
  public String extension() {
    return extension;
  }
}
