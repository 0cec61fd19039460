package io.earlybird.engine.dl4j.onednn;

import io.earlybird.engine.dl4j.kernels.ChannelKernel;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Copies channels in host memory, some pixels at a time; oneDNN has no such primitive. */
final class HostChannels implements ChannelKernel {
  /** Floats of the wider side in one block; two blocks fit the innermost cache. */
  private static final int BLOCK = 2048;

  @Override
  public void gather(INDArray x, int[] channels, INDArray y) {
    int width = (int) x.size(-1);
    int narrow = channels.length;
    int pixels = (int) (x.length() / width);
    int blockPixels = Math.max(1, BLOCK / width);
    float[] from = new float[blockPixels * width];
    float[] to = new float[blockPixels * narrow];
    FloatBuffer source = buffer(x);
    FloatBuffer target = buffer(y);
    for (int first = 0; first < pixels; first += blockPixels) {
      int count = Math.min(blockPixels, pixels - first);
      source.get(first * width, from, 0, count * width);
      for (int pixel = 0; pixel < count; pixel++) {
        for (int i = 0; i < narrow; i++) {
          to[pixel * narrow + i] = from[pixel * width + channels[i]];
        }
      }
      target.put(first * narrow, to, 0, count * narrow);
    }
  }

  @Override
  public void scatterAdd(INDArray x, int[] channels, INDArray y) {
    int width = (int) y.size(-1);
    int narrow = channels.length;
    int pixels = (int) (y.length() / width);
    int blockPixels = Math.max(1, BLOCK / width);
    float[] from = new float[blockPixels * narrow];
    float[] to = new float[blockPixels * width];
    FloatBuffer source = buffer(x);
    FloatBuffer target = buffer(y);
    for (int first = 0; first < pixels; first += blockPixels) {
      int count = Math.min(blockPixels, pixels - first);
      source.get(first * narrow, from, 0, count * narrow);
      target.get(first * width, to, 0, count * width);
      for (int pixel = 0; pixel < count; pixel++) {
        for (int i = 0; i < narrow; i++) {
          to[pixel * width + channels[i]] += from[pixel * narrow + i];
        }
      }
      target.put(first * width, to, 0, count * width);
    }
  }

  private static FloatBuffer buffer(INDArray array) {
    return new FloatPointer(new Address().to(Address.of(array)))
        .capacity(array.length())
        .asBuffer();
  }
}
