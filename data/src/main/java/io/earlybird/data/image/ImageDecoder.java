package io.earlybird.data.image;

/**
 * Decodes JPEG and PNG files of any color space and depth to 8-bit RGB.
 *
 * <p>As the references (PIL, torchvision) do, the orientation in EXIF data is not applied. The
 * format is taken from the bytes and not from a name. Alpha is dropped. OpenCV is loaded when an
 * image needs it, which those that {@link PngImage} writes do not. Used by one thread at a time;
 * buffers are used again.
 */
public final class ImageDecoder implements AutoCloseable {
  private final PngImage png = new PngImage();
  private final RgbImage image = new RgbImage();

  /** Null until it is needed. */
  private OpenCvDecoder openCv;

  /** A decoder with its own buffers. */
  public ImageDecoder() {}

  /**
   * Decodes an image.
   *
   * @return the image, valid until the next call
   * @throws UndecodableImageException if the bytes are no image, damaged, or too large
   */
  public RgbImage decode(byte[] bytes, int offset, int length) throws UndecodableImageException {
    ImageHeader header = ImageHeader.read(bytes, offset, length);
    if (header.format() == ImageFormat.PNG && PngImage.isPlain(bytes, offset)) {
      png.decode(bytes, offset, length, image);
    } else {
      int sound =
          switch (header.format()) {
            case PNG -> PngImage.soundLength(bytes, offset, length);
            case JPEG -> length;
          };
      openCv().decode(bytes, offset, sound, header, image);
    }
    return image;
  }

  private OpenCvDecoder openCv() {
    if (openCv == null) {
      openCv = new OpenCvDecoder();
    }
    return openCv;
  }

  @Override
  public void close() {
    png.close();
    if (openCv != null) {
      openCv.close();
    }
  }
}
