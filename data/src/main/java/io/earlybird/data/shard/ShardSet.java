package io.earlybird.data.shard;

import io.earlybird.model.file.Sha256;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A data set of shards as its {@code index.json} describes it; what driver and executors share.
 *
 * @param directory qualified path of the directory that holds {@code index.json}
 * @param shards in the order of {@code index.json}, which is part of the identity of a run
 * @param classes names, by label
 * @param source what the shards were made from
 * @param seed that dealt the samples to shards
 * @param fingerprint SHA-256 of {@code index.json}
 */
public record ShardSet(
    Path directory,
    List<Shard> shards,
    List<String> classes,
    String source,
    long seed,
    String fingerprint)
    implements Serializable {
  /** Name of the file that makes a directory a data set. */
  public static final String INDEX = "index.json";

  private static final int MAX_PROBLEMS = 10;

  public ShardSet {
    shards = List.copyOf(shards);
    classes = List.copyOf(classes);
  }

  /**
   * Reads and checks {@code index.json}; the shards themselves are not touched.
   *
   * @param location URI or path of the directory; without a scheme, of the default file system
   * @throws ShardException if there is no index or it is not valid
   */
  public static ShardSet read(String location, Configuration hadoop) throws IOException {
    Path given = new Path(location);
    FileSystem fileSystem = FileSystems.of(given, hadoop);
    Path directory = fileSystem.makeQualified(given);
    Path index = new Path(directory, INDEX);
    byte[] bytes;
    try (FSDataInputStream in = fileSystem.open(index)) {
      bytes = in.readNBytes(IndexDocument.MAX_BYTES + 1);
    } catch (FileNotFoundException e) {
      throw new ShardException(
          "No shards at "
              + directory
              + ": there is no "
              + INDEX
              + "; make them with the command 'shard', or correct the location",
          e);
    }
    if (bytes.length > IndexDocument.MAX_BYTES) {
      throw new ShardException(
          "Invalid "
              + index
              + ": more than "
              + IndexDocument.MAX_BYTES
              + " bytes; make the shards again, fewer and larger ones");
    }
    return parse(directory, bytes);
  }

  /** What an index says of the shards beside it. */
  static ShardSet parse(Path directory, byte[] bytes) throws ShardException {
    Path index = new Path(directory, INDEX);
    IndexDocument document = IndexDocument.parse(index.toString(), bytes);
    check(index, document);
    return new ShardSet(
        directory,
        document.shards(),
        document.classes(),
        document.source(),
        document.seed(),
        Sha256.of(bytes));
  }

  private static void check(Path index, IndexDocument document) throws ShardException {
    if (document.format() != IndexDocument.FORMAT) {
      throw new ShardException(
          "Invalid "
              + index
              + ": format "
              + document.format()
              + ", this version reads "
              + IndexDocument.FORMAT);
    }
    if (document.shards().isEmpty() || document.classes().isEmpty()) {
      throw new ShardException(
          "Invalid "
              + index
              + ": it lists "
              + document.shards().size()
              + " shards and "
              + document.classes().size()
              + " classes; make the shards again");
    }
    Set<String> names = new HashSet<>();
    long samples = 0;
    for (Shard shard : document.shards()) {
      if (!names.add(shard.name())) {
        throw new ShardException(
            "Invalid " + index + ": shard " + shard.name() + " is listed twice");
      }
      samples += shard.samples();
    }
    if (samples != document.samples()) {
      throw new ShardException(
          "Invalid "
              + index
              + ": the shards have "
              + samples
              + " samples together, not "
              + document.samples()
              + "; make the shards again");
    }
  }

  /** Number of samples, D. */
  public long samples() {
    return shards.stream().mapToLong(Shard::samples).sum();
  }

  /** Number of samples of each shard. */
  public int[] samplesPerShard() {
    return shards.stream().mapToInt(Shard::samples).toArray();
  }

  /** Bytes of all shards. */
  public long bytes() {
    return shards.stream().mapToLong(Shard::bytes).sum();
  }

  /** Path of a shard's tar file. */
  public Path shardPath(int shard) {
    return new Path(directory, shards.get(shard).name());
  }

  /** Path of a shard's sidecar index. */
  public Path sidecarPath(int shard) {
    return new Path(directory, shards.get(shard).sidecarName());
  }

  /**
   * Checks with one listing that every shard and sidecar is there and every shard has its length.
   *
   * @throws ShardException with all problems
   */
  public void checkFiles(Configuration hadoop) throws IOException {
    Map<String, Long> lengths = new HashMap<>();
    for (FileStatus status : FileSystems.of(directory, hadoop).listStatus(directory)) {
      if (status.isFile()) {
        lengths.put(status.getPath().getName(), status.getLen());
      }
    }
    List<String> problems = new ArrayList<>();
    for (Shard shard : shards) {
      Long length = lengths.get(shard.name());
      if (length == null) {
        problems.add("shard " + shard.name() + " is missing");
      } else if (length != shard.bytes()) {
        problems.add("shard " + shard.name() + " has " + length + " bytes, not " + shard.bytes());
      }
      if (!lengths.containsKey(shard.sidecarName())) {
        problems.add("sidecar " + shard.sidecarName() + " is missing");
      }
    }
    if (!problems.isEmpty()) {
      int shown = Math.min(problems.size(), MAX_PROBLEMS);
      throw new ShardException(
          "Damaged shards at "
              + directory
              + ": "
              + String.join("; ", problems.subList(0, shown))
              + (shown < problems.size() ? "; and " + (problems.size() - shown) + " more" : "")
              + "; copy these files again, or make the shards again");
    }
  }
}
