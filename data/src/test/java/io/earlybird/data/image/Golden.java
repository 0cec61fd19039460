package io.earlybird.data.image;

import java.io.IOException;
import java.io.InputStream;

/** Files made with PIL; {@code make_golden.py} beside them says how. */
final class Golden {
  private Golden() {}

  static byte[] bytes(String name) throws IOException {
    try (InputStream in = Golden.class.getResourceAsStream("/golden/image/" + name)) {
      return in.readAllBytes();
    }
  }

  /** Decoded by this module's own PNG code or OpenCV; a copy. */
  static RgbImage image(String name) throws IOException, UndecodableImageException {
    byte[] bytes = bytes(name);
    try (ImageDecoder decoder = new ImageDecoder()) {
      return decoder.decode(bytes, 0, bytes.length);
    }
  }

  /** Largest difference of any level. */
  static int distance(RgbImage a, RgbImage b) {
    if (a.width() != b.width() || a.height() != b.height()) {
      return Integer.MAX_VALUE;
    }
    int largest = 0;
    for (int i = 0; i < 3 * a.width() * a.height(); i++) {
      largest = Math.max(largest, Math.abs((a.pixels()[i] & 0xff) - (b.pixels()[i] & 0xff)));
    }
    return largest;
  }
}
