package io.earlybird.data.image;

/** Pixels [H, W, 3], 8 bits, red first; a buffer that is used again for the next image. */
public final class RgbImage {
  /** A buffer above this is given back when the next image is smaller. */
  static final int KEPT_BYTES = 1 << 25;

  private int width;
  private int height;
  private byte[] pixels = new byte[0];

  /** An image without pixels; {@link #resize} makes room. */
  public RgbImage() {}

  /** Sets the size; the pixels are undefined afterwards. */
  public void resize(int newWidth, int newHeight) {
    int bytes = Math.multiplyExact(Math.multiplyExact(newWidth, newHeight), 3);
    if (pixels.length < bytes || (pixels.length > KEPT_BYTES && bytes <= KEPT_BYTES)) {
      pixels = new byte[bytes];
    }
    width = newWidth;
    height = newHeight;
  }

  /** W. */
  public int width() {
    return width;
  }

  /** H. */
  public int height() {
    return height;
  }

  /** The pixels, at least H * W * 3 bytes, not a copy. */
  public byte[] pixels() {
    return pixels;
  }
}
