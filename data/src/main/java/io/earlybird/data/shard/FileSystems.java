package io.earlybird.data.shard;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The file system of a path. */
public final class FileSystems {
  private FileSystems() {}

  /**
   * The file system that holds a path; never closed by its users, because Hadoop shares it.
   *
   * <p>Local files are read and written without the checksum files that Hadoop puts beside them:
   * shards carry their own hashes, and positioned reads are cheaper.
   */
  public static FileSystem of(Path path, Configuration hadoop) throws IOException {
    FileSystem fileSystem = path.getFileSystem(hadoop);
    return fileSystem instanceof ChecksumFileSystem checked
        ? checked.getRawFileSystem()
        : fileSystem;
  }
}
