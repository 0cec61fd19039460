package io.earlybird.data.image;

/** A rectangle of pixels: its left upper corner, width and height. */
record Box(int x, int y, int width, int height) {
  static Box whole(int width, int height) {
    return new Box(0, 0, width, height);
  }

  /** The middle of an image; odd margins are rounded to even, as torchvision does. */
  static Box center(int imageWidth, int imageHeight, int width, int height) {
    return new Box(
        (int) Math.rint((imageWidth - width) / 2.0),
        (int) Math.rint((imageHeight - height) / 2.0),
        width,
        height);
  }
}
