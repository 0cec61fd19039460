package io.earlybird.data.shard;

/** The file of an image on its way into a shard; a plain class, because records hold no arrays. */
public final class Sample {
  /** The most bytes of an image file. */
  public static final int MAX_BYTES = 1 << 27;

  private final String name;
  private final String extension;
  private final int label;
  private final byte[] bytes;

  /**
   * A sample.
   *
   * @param name where it comes from; becomes part of its key in the shard
   * @param extension of its kind of image, without the dot
   * @param label class
   * @param bytes of the image file, from 1 to {@link #MAX_BYTES}; not copied
   */
  public Sample(String name, String extension, int label, byte[] bytes) {
    if (bytes.length == 0 || bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "Invalid sample " + name + ": " + bytes.length + " bytes, allowed are 1 to " + MAX_BYTES);
    }
    this.name = name;
    this.extension = extension;
    this.label = label;
    this.bytes = bytes;
  }

  /** Where it comes from. */
  public String name() {
    return name;
  }

  /** {@code jpg} or {@code png}. */
  public String extension() {
    return extension;
  }

  /** Class. */
  public int label() {
    return label;
  }

  /** Bytes of the image file, not a copy. */
  public byte[] bytes() {
    return bytes;
  }
}
