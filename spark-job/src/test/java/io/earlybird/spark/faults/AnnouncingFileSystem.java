package io.earlybird.spark.faults;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.util.Progressable;

/** HDFS whose clients say which file they are about to read, create or delete. */
public final class AnnouncingFileSystem extends DistributedFileSystem {
  @Override
  public FSDataInputStream open(Path file, int bufferSize) throws IOException {
    FileMoments.read(file);
    return super.open(file, bufferSize);
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    FileMoments.changed("create", file);
    return super.create(file, permission, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public boolean delete(Path file, boolean recursive) throws IOException {
    FileMoments.changed("delete", file);
    return super.delete(file, recursive);
  }
}
