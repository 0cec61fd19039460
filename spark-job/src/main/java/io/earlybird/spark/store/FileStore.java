package io.earlybird.spark.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A directory on some file system, with names relative to it.
 *
 * <p>A file that is written is there whole or not at all, also after a crash. Whoever needs several
 * files to appear together writes the one that commits them last. Failures are {@link
 * StoreException}s.
 */
public abstract sealed class FileStore permits LocalStore, HadoopStore {
  /** The most that is read of a file into memory at once; tensors are read as streams. */
  public static final int MAX_READ_BYTES = 1 << 27;

  /** What a file is filled with. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything; does not close the stream. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * The directory at a URI, which need not exist.
   *
   * @param uri with or without scheme; without, Hadoop's default file system is meant
   * @param configuration of Hadoop's clients; see {@link Clients}
   * @throws IllegalArgumentException if the text is no URI
   */
  public static FileStore at(String uri, Configuration configuration) {
    Path path;
    try {
      path = new Path(uri);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("Invalid URI \"" + uri + "\": " + e.getMessage(), e);
    }
    String scheme = path.toUri().getScheme();
    if (scheme == null) {
      scheme = URI.create(configuration.get("fs.defaultFS", "file:///")).getScheme();
    }
    return "file".equals(scheme)
        ? LocalStore.at(path.toUri().getPath())
        : HadoopStore.at(path, configuration);
  }

  /** A directory below this one, which need not exist. */
  public abstract FileStore directory(String name);

  /**
   * This directory as one of several possible writers sees it: what it writes appears in a
   * directory of its own before it is moved to its place, and what it deletes is moved there first.
   * Whoever deletes that directory keeps the writer from changing anything more, at whatever
   * moment.
   *
   * <p>Moving is atomic on local disks and HDFS. Object stores have no such operation: there, the
   * writer is not kept from anything.
   *
   * @param writer name of the writer's directory, which exists, relative to this one
   */
  public abstract FileStore through(String writer);

  /** URI of this directory. */
  public abstract String uri();

  /** Names of the files and directories in this one, sorted; none if it does not exist. */
  public abstract List<String> list();

  /** Whether a file or directory of that name exists. */
  public abstract boolean exists(String name);

  /** Bytes of a file, as the file system says. */
  public abstract long length(String name);

  /** Opens a file; the caller closes the stream. */
  public abstract InputStream open(String name);

  /** Writes a file atomically, over an older one of that name; directories are made. */
  public abstract void write(String name, Content content);

  /**
   * Creates a file if there is none of that name. Of any number of callers exactly one succeeds.
   *
   * @return whether this caller created it
   * @throws UnsupportedOperationException if the file system cannot do that
   */
  public abstract boolean createExclusively(String name, byte[] content);

  /** Deletes a file, or a directory with all that is in it; no matter if there is none. */
  public abstract void delete(String name);

  /**
   * The content of a file.
   *
   * @throws StoreException if it has more than {@link #MAX_READ_BYTES}
   */
  public byte[] read(String name) {
    try (InputStream in = open(name)) {
      byte[] content = in.readNBytes(MAX_READ_BYTES + 1);
      if (content.length > MAX_READ_BYTES) {
        throw new IOException(
            "it has more than " + MAX_READ_BYTES + " bytes, which no file of this kind has");
      }
      return content;
    } catch (IOException e) {
      throw Failures.of("read", place(name), e);
    }
  }

  /** The content of a UTF-8 file. */
  public String readText(String name) {
    return new String(read(name), StandardCharsets.UTF_8);
  }

  /** Writes a UTF-8 file atomically. */
  public void writeText(String name, String text) {
    write(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Proves that files can be created in this directory, by creating and deleting one. */
  public void requireWritable() {
    String probe = Names.temporaryFor("writable");
    writeText(probe, "");
    delete(probe);
  }

  /** Deletes what interrupted writes to this directory have left. */
  public void deleteLeftovers() {
    deleteLeftovers(file -> true);
  }

  /** Deletes what interrupted writes to some files of this directory have left. */
  public void deleteLeftovers(Predicate<String> files) {
    list().stream()
        .filter(name -> Names.temporary(name) && files.test(Names.target(name)))
        .forEach(this::delete);
  }

  final String place(String name) {
    return name.isEmpty() ? uri() : uri() + "/" + name;
  }

  @Override
  public String toString() {
    return uri();
  }
}
