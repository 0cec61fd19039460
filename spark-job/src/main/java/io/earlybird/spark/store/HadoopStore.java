package io.earlybird.spark.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.Rename;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;

/**
 * A directory on a file system that Hadoop reaches.
 *
 * <p>On HDFS a file is written under another name and renamed, which the name node does atomically.
 * On object stores an object appears when its stream is closed, so it is written in place.
 */
final class HadoopStore extends FileStore {
  private static final Set<String> OBJECT_STORES =
      Set.of("s3", "s3a", "s3n", "gs", "abfs", "abfss", "wasb", "wasbs", "oss", "cosn", "obs");

  /** Object stores whose create without overwrite is a conditional request. */
  private static final Set<String> CONDITIONAL = Set.of("gs", "abfs", "abfss");

  private final Path root;
  private final Configuration configuration;
  private final FileSystem files;
  private final Optional<Path> writer;

  private HadoopStore(
      Path root, Configuration configuration, FileSystem files, Optional<Path> writer) {
    this.root = root;
    this.configuration = configuration;
    this.files = files;
    this.writer = writer;
  }

  static HadoopStore at(Path path, Configuration configuration) {
    try {
      FileSystem files = path.getFileSystem(configuration);
      return new HadoopStore(files.makeQualified(path), configuration, files, Optional.empty());
    } catch (IOException e) {
      throw Failures.of("open", path.toString(), e);
    } catch (IllegalArgumentException e) {
      // Hadoop reports a host name that does not resolve this way.
      throw Failures.of("open", path.toString(), new IOException(e.getMessage(), e.getCause()));
    }
  }

  @Override
  public FileStore directory(String name) {
    return new HadoopStore(new Path(root, name), configuration, files, writer);
  }

  @Override
  public FileStore through(String writer) {
    return objectStore()
        ? this
        : new HadoopStore(root, configuration, files, Optional.of(new Path(root, writer)));
  }

  @Override
  public String uri() {
    return root.toString();
  }

  @Override
  public List<String> list() {
    try {
      return Arrays.stream(files.listStatus(root))
          .map(FileStatus::getPath)
          .map(Path::getName)
          .sorted()
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw Failures.of("list", uri(), e);
    }
  }

  @Override
  public boolean exists(String name) {
    try {
      return files.exists(new Path(root, name));
    } catch (IOException e) {
      throw Failures.of("look for", place(name), e);
    }
  }

  @Override
  public long length(String name) {
    try {
      return files.getFileStatus(new Path(root, name)).getLen();
    } catch (IOException e) {
      throw Failures.of("read", place(name), e);
    }
  }

  @Override
  public InputStream open(String name) {
    try {
      return files.open(new Path(root, name));
    } catch (IOException e) {
      throw Failures.of("read", place(name), e);
    }
  }

  @Override
  public void write(String name, Content content) {
    Path target = new Path(root, name);
    try {
      if (objectStore()) {
        fill(target, content);
        return;
      }
      Path temporary = new Path(target.getParent(), Names.temporaryFor(target.getName()));
      try {
        fill(temporary, content);
        rename(throughWriter(temporary), target);
      } catch (IOException e) {
        deleteQuietly(temporary, e);
        throw e;
      }
    } catch (IOException e) {
      throw failure("write", name, e);
    }
  }

  /** Moves a file into the writer's directory, if there is one, and says where it is. */
  private Path throughWriter(Path file) throws IOException {
    if (writer.isEmpty()) {
      return file;
    }
    Path moved = new Path(writer.get(), file.getName());
    rename(file, moved);
    return moved;
  }

  private void rename(Path from, Path to) throws IOException {
    FileContext.getFileContext(to.toUri(), configuration).rename(from, to, Rename.OVERWRITE);
  }

  private StoreException failure(String action, String name, IOException e) {
    try {
      if (writer.isPresent() && !files.exists(writer.get())) {
        return Failures.overtaken(action, place(name), writer.get(), e);
      }
    } catch (IOException unknown) {
      e.addSuppressed(unknown);
    }
    return Failures.of(action, place(name), e);
  }

  private void fill(Path file, Content content) throws IOException {
    fill(files.create(file, true), content);
  }

  /**
   * Fills and closes a file. Not by try-with-resources: HDFS throws the failure of a write again,
   * the same object, when the stream is closed, and an exception cannot suppress itself.
   */
  private static void fill(FSDataOutputStream out, Content content) throws IOException {
    try {
      content.writeTo(out);
      if (out.hasCapability(StreamCapabilities.HSYNC)) {
        out.hsync();
      }
    } catch (IOException | RuntimeException e) {
      closeAfter(e, out);
      throw e;
    }
    out.close();
  }

  private static void closeAfter(Exception failure, FSDataOutputStream out) {
    try {
      out.close();
    } catch (IOException e) {
      if (e != failure) {
        failure.addSuppressed(e);
      }
    }
  }

  private void deleteQuietly(Path file, IOException failure) {
    try {
      files.delete(file, false);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private boolean objectStore() {
    return OBJECT_STORES.contains(root.toUri().getScheme());
  }

  @Override
  public boolean createExclusively(String name, byte[] content) {
    if (objectStore() && !CONDITIONAL.contains(root.toUri().getScheme())) {
      throw new UnsupportedOperationException(
          "Cannot create " + place(name) + " exclusively: that store has no such operation");
    }
    Optional<FSDataOutputStream> created = create(name);
    if (created.isEmpty()) {
      return false;
    }
    try {
      fill(created.get(), out -> out.write(content));
      return true;
    } catch (IOException e) {
      throw Failures.of("create", place(name), e);
    }
  }

  /** Empty if the file is there; while another client writes it, HDFS reports its lease instead. */
  private Optional<FSDataOutputStream> create(String name) {
    try {
      return Optional.of(files.create(new Path(root, name), false));
    } catch (FileAlreadyExistsException e) {
      return Optional.empty();
    } catch (IOException e) {
      if (exists(name)) {
        return Optional.empty();
      }
      throw Failures.of("create", place(name), e);
    }
  }

  @Override
  public void delete(String name) {
    Path target = new Path(root, name);
    try {
      if (writer.isPresent()) {
        Path taken = new Path(writer.get(), Names.temporaryFor(target.getName()));
        if (!files.exists(target)) {
          return;
        }
        rename(target, taken);
        target = taken;
      }
      files.delete(target, true);
    } catch (IOException e) {
      throw failure("delete", name, e);
    }
  }
}
