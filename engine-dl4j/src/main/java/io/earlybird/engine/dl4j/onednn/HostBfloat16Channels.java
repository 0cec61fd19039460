package io.earlybird.engine.dl4j.onednn;

import io.earlybird.engine.dl4j.kernels.Bfloat16;
import io.earlybird.engine.dl4j.kernels.ChannelKernel;
import io.earlybird.engine.dl4j.kernels.HostThreads;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.ShortPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link HostChannels} for bfloat16: values are copied as they are; sums are taken in float32 and
 * rounded once.
 */
final class HostBfloat16Channels implements ChannelKernel {
  /** Values of the wider side in one block; two blocks fit the innermost cache. */
  private static final int BLOCK = 4096;

  private final HostThreads threads;

  HostBfloat16Channels(HostThreads threads) {
    this.threads = threads;
  }

  @Override
  public void gather(INDArray x, int[] channels, INDArray y) {
    int width = (int) x.size(-1);
    int narrow = (int) y.size(-1);
    int pixels = (int) (x.length() / width);
    int blockPixels = Math.max(1, BLOCK / Math.max(width, narrow));
    ShortBuffer source = buffer(x);
    ShortBuffer target = buffer(y);
    threads.run(
        pixels,
        (begin, end) -> {
          short[] from = new short[blockPixels * width];
          short[] to = new short[blockPixels * narrow];
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

  @Override
  public void scatter(List<INDArray> xs, int[][] positions, INDArray y) {
    int width = (int) y.size(-1);
    int pixels = (int) (y.length() / width);
    int[] widths = xs.stream().mapToInt(x -> (int) x.size(-1)).toArray();
    int widest = Math.max(width, Arrays.stream(widths).max().orElse(0));
    int blockPixels = Math.max(1, BLOCK / widest);
    ShortBuffer[] sources =
        xs.stream().map(HostBfloat16Channels::buffer).toArray(ShortBuffer[]::new);
    ShortBuffer target = buffer(y);
    threads.run(
        pixels,
        (begin, end) -> {
          short[] from = new short[blockPixels * widest];
          float[] sums = new float[blockPixels * width];
          short[] to = new short[blockPixels * width];
          for (int first = begin; first < end; first += blockPixels) {
            int count = Math.min(blockPixels, end - first);
            Arrays.fill(sums, 0);
            for (int term = 0; term < sources.length; term++) {
              sources[term].get(first * widths[term], from, 0, count * widths[term]);
              add(from, widths[term], positions[term], count, sums, width);
            }
            for (int i = 0; i < count * width; i++) {
              to[i] = Bfloat16.round(sums[i]);
            }
            target.put(first * width, to, 0, count * width);
          }
        });
  }

  private static void add(
      short[] from, int narrow, int[] positions, int pixels, float[] sums, int width) {
    for (int pixel = 0; pixel < pixels; pixel++) {
      for (int i = 0; i < positions.length; i++) {
        sums[pixel * width + positions[i]] += Bfloat16.widen(from[pixel * narrow + i]);
      }
    }
  }

  private static ShortBuffer buffer(INDArray array) {
    return new ShortPointer(new Address().to(Address.of(array)))
        .capacity(array.length())
        .asBuffer();
  }
}
