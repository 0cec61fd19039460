package io.earlybird.spark.round;

import io.earlybird.spark.averaging.Slices;
import io.earlybird.spark.averaging.State;
import io.earlybird.spark.averaging.StateVector;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import org.apache.spark.SparkEnv;
import org.apache.spark.storage.BlockManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings slices from the executors that hold them to their places in the mean. Driver only. */
final class SliceFetcher {
  /** Values that are decoded while they are in the processor's cache. */
  private static final int BLOCK = 1 << 13;

  private static final Logger LOG = LoggerFactory.getLogger(SliceFetcher.class);

  private final BlockManager blocks = SparkEnv.get().blockManager();
  private final StateVector vector;
  private final Slices slices;
  private final State mean;

  SliceFetcher(StateVector vector, Slices slices, State mean) {
    this.vector = vector;
    this.slices = slices;
    this.mean = mean;
  }

  /**
   * Begins to fetch.
   *
   * @return whether the slice has arrived, which it has not if its executor is lost
   */
  CompletableFuture<Boolean> fetch(Combined.Slice slice) {
    Arrival arrival = new Arrival(slice);
    HeldValues held = slice.values();
    BlockFetch.begin(blocks.blockTransferService(), held.holder(), held.block(), arrival);
    return arrival.whole;
  }

  private final class Arrival implements BlockFetch.Receiver {
    private final Combined.Slice slice;
    private final CompletableFuture<Boolean> whole = new CompletableFuture<>();

    Arrival(Combined.Slice slice) {
      this.slice = slice;
    }

    @Override
    public void arrived(InputStream in) throws IOException {
      put(in, slices.from(slice.slice()), slices.to(slice.slice()));
      end(true);
    }

    @Override
    public void failed(Throwable failure) {
      LOG.warn(
          "Slice {} is lost with {} and will be combined again: {}",
          slice.slice(),
          slice.values().holder(),
          failure.toString());
      end(false);
    }

    private void end(boolean arrived) {
      whole.complete(arrived);
      ForkJoinPool.commonPool().execute(() -> blocks.master().removeBlock(slice.values().block()));
    }
  }

  private void put(InputStream in, int from, int to) throws IOException {
    byte[] bytes = new byte[BLOCK * Float.BYTES];
    float[] values = new float[BLOCK];
    FloatBuffer floats = ByteBuffer.wrap(bytes).order(HeldValues.ORDER).asFloatBuffer();
    for (int at = from; at < to; at += BLOCK) {
      int count = Math.min(BLOCK, to - at);
      if (in.readNBytes(bytes, 0, count * Float.BYTES) < count * Float.BYTES) {
        throw new EOFException("The block ends after less than " + (at + count - from) + " values");
      }
      floats.get(0, values, 0, count);
      vector.write(values, count, at, mean);
    }
  }
}
