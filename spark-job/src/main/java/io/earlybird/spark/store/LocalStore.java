package io.earlybird.spark.store;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A local directory.
 *
 * <p>Hadoop's own local file system writes checksum files beside each file and does not create
 * exclusively, hence java.nio.
 */
final class LocalStore extends FileStore {
  private static final int BUFFER_BYTES = 1 << 20;

  private final Path root;
  private final Optional<Path> writer;

  private LocalStore(Path root, Optional<Path> writer) {
    this.root = root;
    this.writer = writer;
  }

  static LocalStore at(String path) {
    return new LocalStore(Path.of(path).toAbsolutePath().normalize(), Optional.empty());
  }

  @Override
  public FileStore directory(String name) {
    return new LocalStore(root.resolve(name), writer);
  }

  @Override
  public FileStore through(String writer) {
    return new LocalStore(root, Optional.of(root.resolve(writer)));
  }

  @Override
  public String uri() {
    return "file://" + root;
  }

  @Override
  public List<String> list() {
    try (Stream<Path> entries = Files.list(root)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw Failures.of("list", uri(), e);
    }
  }

  @Override
  public boolean exists(String name) {
    return Files.exists(root.resolve(name));
  }

  @Override
  public long length(String name) {
    try {
      return Files.size(root.resolve(name));
    } catch (IOException e) {
      throw Failures.of("read", place(name), e);
    }
  }

  @Override
  public InputStream open(String name) {
    try {
      return Files.newInputStream(root.resolve(name));
    } catch (IOException e) {
      throw Failures.of("read", place(name), e);
    }
  }

  @Override
  public void write(String name, Content content) {
    Path target = root.resolve(name);
    Path temporary = target.resolveSibling(Names.temporaryFor(target.getFileName().toString()));
    try {
      Files.createDirectories(target.getParent());
      try {
        fill(temporary, content);
        Files.move(
            throughWriter(temporary),
            target,
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
      force(target.getParent());
    } catch (IOException e) {
      throw failure("write", name, e);
    }
  }

  /** Moves a file into the writer's directory, if there is one, and says where it is. */
  private Path throughWriter(Path file) throws IOException {
    return writer.isEmpty()
        ? file
        : Files.move(
            file, writer.get().resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
  }

  private StoreException failure(String action, String name, IOException e) {
    return writer.filter(Files::notExists).isPresent()
        ? Failures.overtaken(action, place(name), writer.get(), e)
        : Failures.of(action, place(name), e);
  }

  private static void fill(Path file, Content content) throws IOException {
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputStream out =
            new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES)) {
      content.writeTo(out);
      out.flush();
      channel.force(true);
    }
  }

  /** Makes a rename durable. */
  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public boolean createExclusively(String name, byte[] content) {
    Path target = root.resolve(name);
    try {
      Files.createDirectories(target.getParent());
      Path temporary = target.resolveSibling(Names.temporaryFor(target.getFileName().toString()));
      try {
        fill(temporary, out -> out.write(content));
        Files.createLink(target, temporary);
        return true;
      } catch (FileAlreadyExistsException e) {
        return false;
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw Failures.of("create", place(name), e);
    }
  }

  @Override
  public void delete(String name) {
    Path target = root.resolve(name);
    if (Files.notExists(target, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      if (writer.isPresent()) {
        Path taken = writer.get().resolve(Names.temporaryFor(target.getFileName().toString()));
        Files.move(target, taken, StandardCopyOption.ATOMIC_MOVE);
        target = taken;
      }
      deleteTree(target);
    } catch (IOException e) {
      throw failure("delete", name, e);
    }
  }

  private static void deleteTree(Path target) throws IOException {
    try (Stream<Path> tree = Files.walk(target)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
