package io.earlybird.spark.round;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.storage.TaskResultBlockId;
import org.apache.spark.util.io.ChunkedByteBuffer;
import scala.reflect.ClassTag$;

/**
 * Values that an executor holds as a block until the driver has fetched them. Spark does so too
 * with results of more than a megabyte, but serializes them twice before and afterwards.
 *
 * @param holder the executor
 * @param task number of the attempt that has left the block
 */
record HeldValues(BlockManagerId holder, long task) implements Serializable {
  private static final long serialVersionUID = 1;

  /** Form of the values in the block. */
  static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  /** Holds the one block of the task that calls; not copied. */
  static HeldValues hold(ByteBuffer values) {
    BlockManager blocks = SparkEnv.get().blockManager();
    long task = TaskContext.get().taskAttemptId();
    boolean held =
        blocks.putBytes(
            new TaskResultBlockId(task),
            new ChunkedByteBuffer(values),
            StorageLevel.MEMORY_AND_DISK_SER(),
            true,
            ClassTag$.MODULE$.apply(ByteBuffer.class));
    if (!held) {
      throw new IllegalStateException(
          "Cannot hold " + values.limit() + " bytes: neither memory nor disk has room for them");
    }
    return new HeldValues(blocks.blockManagerId(), task);
  }

  /** Name of the block. */
  TaskResultBlockId block() {
    return new TaskResultBlockId(task);
  }
}
