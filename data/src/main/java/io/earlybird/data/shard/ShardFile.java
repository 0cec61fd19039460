package io.earlybird.data.shard;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file that is being written. What the file system throws becomes a {@link ShardException} that
 * names the file and the remedy, and only once: HDFS throws the failure of a write again, the same
 * object, when the stream is closed, and an exception cannot suppress itself.
 */
final class ShardFile extends OutputStream {
  private static final int BUFFER_BYTES = 1 << 20;

  private final OutputStream out;
  private final Path target;
  private boolean failed;

  private ShardFile(OutputStream out, Path target) {
    this.out = out;
    this.target = target;
  }

  /**
   * Begins a file.
   *
   * @param partial where it is written
   * @param target what it will be called, and is called in messages
   */
  static ShardFile create(FileSystem fileSystem, Path partial, Path target) throws ShardException {
    try {
      OutputStream out = fileSystem.create(partial, false);
      return new ShardFile(new BufferedOutputStream(out, BUFFER_BYTES), target);
    } catch (IOException e) {
      throw failure(target, e);
    }
  }

  /** That a file cannot be written. */
  static ShardException failure(Path target, IOException cause) {
    String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return new ShardException(
        "Cannot write "
            + target
            + ": "
            + reason.lines().findFirst().orElse("")
            + "; check space, quota and permissions there, or choose another output",
        cause);
  }

  private ShardException failed(IOException cause) {
    failed = true;
    return failure(target, cause);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    try {
      out.write(bytes, from, count);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } catch (IOException e) {
      if (!failed) {
        throw failed(e);
      }
    }
  }
}
