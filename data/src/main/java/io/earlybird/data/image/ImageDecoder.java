package io.earlybird.data.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.setNumThreads;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR_RGB;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Decodes JPEG and PNG files of any color space and depth to 8-bit RGB.
 *
 * <p>As the references (PIL, torchvision) do, the orientation in EXIF data is not applied. The
 * format is taken from the bytes and not from a name. Alpha is dropped. Used by one thread at a
 * time; buffers are used again.
 */
public final class ImageDecoder implements AutoCloseable {
  /** Images with more pixels are refused before they are decoded. */
  public static final long MAX_PIXELS = 1L << 27;

  private static final int FLAGS = IMREAD_COLOR_RGB | IMREAD_IGNORE_ORIENTATION;

  static {
    setNumThreads(1);
  }

  private final PngImage png = new PngImage();
  private final Mat decoded = new Mat();
  private final RgbImage image = new RgbImage();
  private BytePointer encoded = new BytePointer(1 << 16);

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
    if ((long) header.width() * header.height() > MAX_PIXELS) {
      throw new UndecodableImageException(
          "image of "
              + header.width()
              + " x "
              + header.height()
              + " pixels, more than "
              + MAX_PIXELS);
    }
    if (header.format() == ImageFormat.PNG && PngImage.isPlain(bytes, offset)) {
      png.decode(bytes, offset, length, image);
    } else {
      decodeNatively(bytes, offset, length, header);
    }
    return image;
  }

  private void decodeNatively(byte[] bytes, int offset, int length, ImageHeader header)
      throws UndecodableImageException {
    if (encoded.capacity() < length) {
      encoded.close();
      encoded = new BytePointer(2L * length);
    }
    encoded.position(0).put(bytes, offset, length);
    try (Mat input = new Mat(1, length, CV_8UC1, encoded)) {
      imdecode(input, FLAGS, decoded);
    } catch (RuntimeException e) {
      throw new UndecodableImageException("cannot be decoded: " + e.getMessage(), e);
    }
    if (decoded.cols() != header.width() || decoded.rows() != header.height()) {
      throw new UndecodableImageException("damaged " + header.format() + " image");
    }
    image.resize(header.width(), header.height());
    try (BytePointer data = decoded.data()) {
      data.get(image.pixels(), 0, 3 * header.width() * header.height());
    }
  }

  @Override
  public void close() {
    png.close();
    decoded.close();
    encoded.close();
  }
}
