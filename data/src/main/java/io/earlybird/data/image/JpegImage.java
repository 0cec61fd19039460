package io.earlybird.data.image;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** JPEG files, written with OpenCV. */
public final class JpegImage {
  private static final int QUALITY = 92;

  private JpegImage() {}

  /**
   * Encodes an image.
   *
   * @param pixels [H, W, 3], red first
   */
  public static byte[] encode(byte[] pixels, int width, int height) {
    byte[] blueFirst = new byte[3 * width * height];
    for (int i = 0; i < blueFirst.length; i += 3) {
      blueFirst[i] = pixels[i + 2];
      blueFirst[i + 1] = pixels[i + 1];
      blueFirst[i + 2] = pixels[i];
    }
    try (BytePointer data = new BytePointer(blueFirst);
        Mat image = new Mat(height, width, CV_8UC3, data);
        IntPointer parameters = new IntPointer(IMWRITE_JPEG_QUALITY, QUALITY);
        BytePointer encoded = new BytePointer()) {
      if (!imencode(".jpg", image, encoded, parameters)) {
        throw new IllegalStateException("Cannot encode an image of " + width + " x " + height);
      }
      byte[] bytes = new byte[Math.toIntExact(encoded.limit())];
      encoded.get(bytes);
      return bytes;
    }
  }
}
