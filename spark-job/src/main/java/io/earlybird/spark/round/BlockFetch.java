package io.earlybird.spark.round;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ForkJoinPool;
import org.apache.spark.network.BlockTransferService;
import org.apache.spark.network.buffer.ManagedBuffer;
import org.apache.spark.network.shuffle.BlockFetchingListener;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManagerId;

/**
 * Fetches a block from a process that holds it and has it read where it arrived. Spark's block
 * manager would copy it twice before.
 */
final class BlockFetch implements BlockFetchingListener {
  private final Receiver receiver;

  /** Who wants a block; called on a thread of the network. */
  interface Receiver {
    /** Reads the block; what it throws is a failure, too. */
    void arrived(InputStream in) throws IOException;

    /** The holder is lost, or does not have the block, or it cannot be read. */
    void failed(Throwable failure);
  }

  private BlockFetch(Receiver receiver) {
    this.receiver = receiver;
  }

  /** Begins to fetch. */
  static void begin(
      BlockTransferService transfers, BlockManagerId holder, BlockId block, Receiver receiver) {
    // Connecting may take a while, which Spark's scheduler would wait for.
    ForkJoinPool.commonPool()
        .execute(
            () -> {
              try {
                transfers.fetchBlocks(
                    holder.host(),
                    holder.port(),
                    holder.executorId(),
                    new String[] {block.name()},
                    new BlockFetch(receiver),
                    null);
              } catch (RuntimeException e) {
                receiver.failed(e);
              }
            });
  }

  @Override
  public void onBlockFetchSuccess(String block, ManagedBuffer bytes) {
    try (InputStream in = bytes.createInputStream()) {
      receiver.arrived(in);
    } catch (IOException | RuntimeException e) {
      receiver.failed(e);
    }
  }

  @Override
  public void onBlockFetchFailure(String block, Throwable failure) {
    receiver.failed(failure);
  }
}
