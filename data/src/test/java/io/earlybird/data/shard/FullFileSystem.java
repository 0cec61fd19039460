package io.earlybird.data.shard;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;

/**
 * Local files that take no bytes any more. As a client of HDFS does, a stream throws the same
 * object again and again.
 */
public final class FullFileSystem extends RawLocalFileSystem {
  static final String REASON = "The DiskSpace quota of /full is exceeded";

  private static final URI NAME = URI.create("full:///");
  private static final String MOMENT = "full.moment";

  /** When a stream fails first. */
  enum Moment {
    WRITE,
    CLOSE
  }

  static String location(Path directory) {
    return "full:" + directory;
  }

  static Configuration configuration(Moment moment) {
    Configuration configuration = new Configuration();
    configuration.set("fs.full.impl", FullFileSystem.class.getName());
    configuration.setBoolean("fs.full.impl.disable.cache", true);
    configuration.setEnum(MOMENT, moment);
    return configuration;
  }

  @Override
  public URI getUri() {
    return NAME;
  }

  @Override
  public FSDataOutputStream create(
      org.apache.hadoop.fs.Path file,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    return new FSDataOutputStream(
        new FullStream(
            super.create(file, overwrite, bufferSize, replication, blockSize, progress),
            getConf().getEnum(MOMENT, Moment.WRITE)),
        null);
  }

  private static final class FullStream extends FilterOutputStream {
    private final IOException failure = new IOException(REASON);
    private final Moment moment;

    FullStream(OutputStream out, Moment moment) {
      super(out);
      this.moment = moment;
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      if (moment == Moment.WRITE) {
        throw failure;
      }
      out.write(bytes, from, count);
    }

    @Override
    public void close() throws IOException {
      out.close();
      throw failure;
    }
  }
}
