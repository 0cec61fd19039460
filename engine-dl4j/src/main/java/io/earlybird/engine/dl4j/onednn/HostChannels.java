package io.earlybird.engine.dl4j.onednn;

import io.earlybird.engine.dl4j.kernels.ChannelKernel;
import io.earlybird.engine.dl4j.kernels.HostThreads;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Copies channels in host memory, some pixels at a time; oneDNN has no such primitive. */
final class HostChannels implements ChannelKernel {
  /** Floats of the wider side in one block; two blocks fit the innermost cache. */
  private static final int BLOCK = 2048;

  private final HostThreads threads;

  HostChannels(HostThreads threads) {
    this.threads = threads;
  }

  @Override
  public void gather(INDArray x, int[] channels, INDArray y) {
    int width = (int) x.size(-1);
    int narrow = (int) y.size(-1);
    int pixels = (int) (x.length() / width);
    int blockPixels = Math.max(1, BLOCK / Math.max(width, narrow));
    FloatBuffer source = Address.buffer(x);
    FloatBuffer target = Address.buffer(y);
    threads.run(
        pixels,
        (begin, end) -> {
          float[] from = new float[blockPixels * width];
          float[] to = new float[blockPixels * narrow];
          for (int first = begin; first < end; first += blockPixels) {
            int count = Math.min(blockPixels, end - first);
            source.get(first * width, from, 0, count * width);
            for (int pixel = 0; pixel < count; pixel++) {
              for (int i = 0; i < channels.length; i++) {
                to[pixel * narrow + i] = from[pixel * width + channels[i]];
              }
            }
            target.put(first * narrow, to, 0, count * narrow);
          }
        });
  }

  /** In one pass over y: a block is put together in the cache and written once. */
  @Override
  public void scatter(List<INDArray> xs, int[][] positions, INDArray y) {
    int width = (int) y.size(-1);
    int pixels = (int) (y.length() / width);
    int[] widths = xs.stream().mapToInt(x -> (int) x.size(-1)).toArray();
    int widest = Math.max(width, Arrays.stream(widths).max().orElse(0));
    int blockPixels = Math.max(1, BLOCK / widest);
    FloatBuffer[] sources = xs.stream().map(Address::buffer).toArray(FloatBuffer[]::new);
    FloatBuffer target = Address.buffer(y);
    threads.run(
        pixels,
        (begin, end) -> {
          float[] from = new float[blockPixels * widest];
          float[] to = new float[blockPixels * width];
          for (int first = begin; first < end; first += blockPixels) {
            int count = Math.min(blockPixels, end - first);
            Arrays.fill(to, 0);
            for (int term = 0; term < sources.length; term++) {
              sources[term].get(first * widths[term], from, 0, count * widths[term]);
              for (int pixel = 0; pixel < count; pixel++) {
                add(from, pixel * widths[term], positions[term], to, pixel * width);
              }
            }
            target.put(first * width, to, 0, count * width);
          }
        });
  }

  private static void add(float[] from, int read, int[] positions, float[] to, int written) {
    int count = positions.length;
    boolean leading = positions[count - 1] == count - 1;
    if (leading) {
      // of ascending positions these are the first ones: a loop that compiles to vectors
      for (int i = 0; i < count; i++) {
        to[written + i] += from[read + i];
      }
    } else {
      for (int i = 0; i < count; i++) {
        to[written + positions[i]] += from[read + i];
      }
    }
  }
}
