package io.earlybird.data.shard;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Writes a data set: shards in any order, on any thread or machine, then {@code index.json}, which
 * makes them a data set.
 *
 * <p>Every file is written under a temporary name and renamed when it is whole. A directory without
 * {@code index.json} is not a data set; what an interrupted run left there is written again.
 */
public final class ShardSetWriter {
  private static final String TEMPORARY = ".writing-";
  private static final Pattern OURS =
      Pattern.compile("shard-\\d{6}\\.(tar|idx)|" + Pattern.quote(TEMPORARY) + ".*");

  private final Path directory;
  private final FileSystem fileSystem;
  private final Configuration hadoop;
  private final String source;
  private final long seed;

  /**
   * A writer.
   *
   * @param location URI or path of the directory to write
   * @param source what the samples are made from, without machine-specific paths
   * @param seed of the deal
   */
  public ShardSetWriter(String location, Configuration hadoop, String source, long seed)
      throws IOException {
    Path given = new Path(location);
    this.fileSystem = FileSystems.of(given, hadoop);
    this.directory = fileSystem.makeQualified(given);
    this.hadoop = hadoop;
    this.source = source;
    this.seed = seed;
  }

  /**
   * The data set that is there already, if it is whole and was made from the same source with the
   * same seed.
   *
   * @throws ShardException if another data set, a damaged one or anything else is there
   */
  public Optional<ShardSet> existing() throws IOException {
    FileStatus[] files;
    try {
      files = fileSystem.listStatus(directory);
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
    if (fileSystem.exists(new Path(directory, ShardSet.INDEX))) {
      ShardSet set = ShardSet.read(directory.toString(), hadoop);
      if (!set.source().equals(source) || set.seed() != seed) {
        throw new ShardException(
            "Cannot write shards of '"
                + source
                + "' with seed "
                + seed
                + " to "
                + directory
                + ": shards of '"
                + set.source()
                + "' with seed "
                + set.seed()
                + " are there; choose another output, or delete it");
      }
      set.checkFiles(hadoop);
      return Optional.of(set);
    }
    for (FileStatus file : files) {
      if (!file.isFile() || !OURS.matcher(file.getPath().getName()).matches()) {
        throw new ShardException(
            "Cannot write shards to "
                + directory
                + ": it holds "
                + file.getPath().getName()
                + ", which is no shard; choose an empty output");
      }
    }
    return Optional.empty();
  }

  /**
   * Removes what an interrupted run left and makes the directory; before the first shard.
   *
   * @throws ShardException if {@link #existing} would
   */
  public void prepare() throws IOException {
    if (existing().isPresent()) {
      throw new ShardException("Cannot write shards to " + directory + ": they are there already");
    }
    if (fileSystem.exists(directory)) {
      for (FileStatus file : fileSystem.listStatus(directory)) {
        fileSystem.delete(file.getPath(), false);
      }
    }
    try {
      if (!fileSystem.mkdirs(directory)) {
        throw new ShardException("Cannot make directory " + directory + ": check its permissions");
      }
    } catch (ShardException e) {
      throw e;
    } catch (IOException e) {
      throw ShardFile.failure(directory, e);
    }
  }

  /**
   * Writes a shard and its sidecar: a pure function of its arguments, so that it may be repeated.
   *
   * @param classes number of classes; a label outside is refused
   */
  public Shard write(int shard, ShardLayout layout, Samples samples, int classes)
      throws IOException {
    String name = String.format("shard-%06d.tar", shard);
    ShardWriter writer =
        writeWhole(name, out -> fill(new ShardWriter(out), shard, layout, samples, classes));
    Shard written = writer.shard(name);
    writeWhole(written.sidecarName(), out -> writeAll(out, writer.sidecar()));
    return written;
  }

  private static ShardWriter fill(
      ShardWriter writer, int shard, ShardLayout layout, Samples samples, int classes)
      throws IOException {
    int place = layout.first(shard);
    for (int index : layout.samples(shard)) {
      Sample sample = samples.sample(index);
      checkLabel(sample, classes);
      writer.add(place++, sample);
    }
    writer.finish();
    return writer;
  }

  private static void checkLabel(Sample sample, int classes) throws ShardException {
    if (sample.label() < 0 || sample.label() >= classes) {
      throw new ShardException(
          "Cannot write sample "
              + sample.name()
              + ": its label "
              + sample.label()
              + " is outside the "
              + classes
              + " classes");
    }
  }

  /**
   * Writes {@code index.json}: from now on the directory is a data set.
   *
   * @param shards all of them, in order
   */
  public ShardSet commit(List<Shard> shards, List<String> classes) throws IOException {
    long samples = shards.stream().mapToLong(Shard::samples).sum();
    IndexDocument document =
        new IndexDocument(IndexDocument.FORMAT, source, seed, samples, classes, shards);
    writeWhole(ShardSet.INDEX, out -> writeAll(out, document.toBytes()));
    return ShardSet.read(directory.toString(), hadoop);
  }

  /** What a file is filled with. */
  @FunctionalInterface
  private interface Content<T> {
    T writeTo(OutputStream out) throws IOException;
  }

  private static int writeAll(OutputStream out, byte[] bytes) throws IOException {
    out.write(bytes);
    return bytes.length;
  }

  private <T> T writeWhole(String name, Content<T> content) throws IOException {
    Path partial = new Path(directory, TEMPORARY + UUID.randomUUID());
    Path target = new Path(directory, name);
    try {
      T written;
      try (OutputStream out = ShardFile.create(fileSystem, partial, target)) {
        written = content.writeTo(out);
      }
      rename(partial, target);
      return written;
    } catch (IOException | RuntimeException e) {
      deleteAfter(e, partial);
      throw e;
    }
  }

  private void rename(Path partial, Path target) throws ShardException {
    try {
      fileSystem.delete(target, false);
      if (!fileSystem.rename(partial, target)) {
        throw new IOException("cannot rename " + partial);
      }
    } catch (IOException e) {
      throw ShardFile.failure(target, e);
    }
  }

  private void deleteAfter(Exception failure, Path partial) {
    try {
      fileSystem.delete(partial, false);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
