package io.earlybird.engine.dl4j.onednn;

import io.earlybird.engine.dl4j.kernels.ChannelKernel;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
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
    FloatBuffer source = Address.buffer(x);
    FloatBuffer target = Address.buffer(y);
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

  /** In one pass over y: a block is put together in the cache and written once. */
  @Override
  public void scatter(List<INDArray> xs, int[][] positions, INDArray y) {
    int width = (int) y.size(-1);
    int pixels = (int) (y.length() / width);
    int blockPixels = Math.max(1, BLOCK / width);
    FloatBuffer[] sources = xs.stream().map(Address::buffer).toArray(FloatBuffer[]::new);
    FloatBuffer target = Address.buffer(y);
    float[] from = new float[blockPixels * width];
    float[] to = new float[blockPixels * width];
    for (int first = 0; first < pixels; first += blockPixels) {
      int count = Math.min(blockPixels, pixels - first);
      Arrays.fill(to, 0);
      for (int term = 0; term < sources.length; term++) {
        int narrow = positions[term].length;
        sources[term].get(first * narrow, from, 0, count * narrow);
        add(from, positions[term], count, to, width);
      }
      target.put(first * width, to, 0, count * width);
    }
  }

  private static void add(float[] from, int[] positions, int pixels, float[] to, int width) {
    int narrow = positions.length;
    if (narrow == width) {
      for (int i = 0; i < pixels * width; i++) {
        to[i] += from[i];
      }
      return;
    }
    for (int pixel = 0; pixel < pixels; pixel++) {
      for (int i = 0; i < narrow; i++) {
        to[pixel * width + positions[i]] += from[pixel * narrow + i];
      }
    }
  }
}
