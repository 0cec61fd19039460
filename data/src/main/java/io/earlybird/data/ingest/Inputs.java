package io.earlybird.data.ingest;

import io.earlybird.data.image.ImageHeader;
import io.earlybird.data.image.UndecodableImageException;
import io.earlybird.data.shard.FileSystems;
import io.earlybird.data.shard.Sample;
import io.earlybird.data.shard.ShardException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The directory that a source reads, through Hadoop's file systems. */
final class Inputs {
  private final FileSystem fileSystem;
  private final Path root;

  private Inputs(FileSystem fileSystem, Path root) {
    this.fileSystem = fileSystem;
    this.root = root;
  }

  /** Opens a directory; {@code expected} says what belongs there. */
  static Inputs at(String location, Configuration hadoop, String expected) throws IOException {
    Path given = new Path(location);
    FileSystem fileSystem = FileSystems.of(given, hadoop);
    Path root = fileSystem.makeQualified(given);
    if (!isDirectory(fileSystem, root)) {
      throw new ShardException("No input at " + root + ": it must be a directory with " + expected);
    }
    return new Inputs(fileSystem, root);
  }

  private static boolean isDirectory(FileSystem fileSystem, Path path) throws IOException {
    try {
      return fileSystem.getFileStatus(path).isDirectory();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  Path root() {
    return root;
  }

  Path path(String relative) {
    return new Path(root, relative);
  }

  boolean hasDirectory(String relative) throws IOException {
    return isDirectory(fileSystem, path(relative));
  }

  boolean has(String relative) throws IOException {
    return fileSystem.exists(path(relative));
  }

  /** What lies in a folder, by name; hidden files are left out. */
  List<FileStatus> list(Path folder) throws IOException {
    return Arrays.stream(fileSystem.listStatus(folder))
        .filter(status -> !status.getPath().getName().matches("[._].*"))
        .sorted((a, b) -> a.getPath().getName().compareTo(b.getPath().getName()))
        .toList();
  }

  long length(Path file) throws IOException {
    return fileSystem.getFileStatus(file).getLen();
  }

  FSDataInputStream open(Path file) throws IOException {
    return fileSystem.open(file);
  }

  /**
   * The content of a file.
   *
   * @param most bytes that such a file can have
   * @throws ShardException if it has more
   */
  byte[] read(Path file, int most) throws IOException {
    try (FSDataInputStream in = fileSystem.open(file)) {
      return bounded(in, file.toString(), most);
    }
  }

  /** As {@link #read}, of a stream, such as one that unpacks. */
  static byte[] bounded(InputStream in, String file, int most) throws IOException {
    byte[] bytes = in.readNBytes(most);
    if (bytes.length == most && in.read() >= 0) {
      throw new ShardException(
          "Refused "
              + file
              + ": it holds more than "
              + most
              + " bytes; remove the file or put the right one in its place");
    }
    return bytes;
  }

  /** A sample of the bytes of an image file, whose kind is taken from the bytes. */
  static Sample sample(String file, int label, byte[] bytes) throws ShardException {
    try {
      String extension = ImageHeader.read(bytes, 0, bytes.length).format().extension();
      return new Sample(file, extension, label, bytes);
    } catch (UndecodableImageException e) {
      throw new ShardException(
          "Not an image: "
              + file
              + ": "
              + e.getMessage()
              + "; remove the file or put the right one in its place",
          e);
    }
  }
}
