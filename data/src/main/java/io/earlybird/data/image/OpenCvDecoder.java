package io.earlybird.data.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.setNumThreads;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR_RGB;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Decodes with OpenCV on the calling thread; native buffers are used again. */
final class OpenCvDecoder implements AutoCloseable {
  private static final int KEPT_BYTES = 1 << 23;
  private static final int FLAGS = IMREAD_COLOR_RGB | IMREAD_IGNORE_ORIENTATION;

  static {
    setNumThreads(1);
  }

  private final Mat decoded = new Mat();
  private BytePointer encoded = new BytePointer(1 << 16);

  void decode(byte[] bytes, int offset, int length, ImageHeader header, RgbImage into)
      throws UndecodableImageException {
    if (encoded.capacity() < length || encoded.capacity() > 2L * Math.max(length, KEPT_BYTES)) {
      encoded.close();
      encoded = new BytePointer(2L * length);
    }
    encoded.position(0).put(bytes, offset, length);
    try (Mat input = new Mat(1, length, CV_8UC1, encoded);
        Mat result = imdecode(input, FLAGS, decoded)) {
      // After a failure, "decoded" may still hold the image before.
      if (result.cols() != header.width() || result.rows() != header.height()) {
        throw new UndecodableImageException("damaged " + header.format() + " image");
      }
    } catch (RuntimeException e) {
      throw new UndecodableImageException("cannot be decoded: " + e.getMessage(), e);
    }
    into.resize(header.width(), header.height());
    try (BytePointer data = decoded.data()) {
      data.get(into.pixels(), 0, 3 * header.width() * header.height());
    }
    if (into.pixels().length > RgbImage.KEPT_BYTES) {
      decoded.release();
    }
  }

  @Override
  public void close() {
    decoded.close();
    encoded.close();
  }
}
