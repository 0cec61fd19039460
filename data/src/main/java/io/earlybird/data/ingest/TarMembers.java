package io.earlybird.data.ingest;

import io.earlybird.data.shard.Sample;
import io.earlybird.data.shard.Samples;
import io.earlybird.data.shard.ShardException;
import io.earlybird.data.shard.TarHeader;
import io.earlybird.data.shard.TarReader;
import io.earlybird.model.json.StrictJson;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * Images inside a tar, found by walking over its headers and then read where they lie.
 *
 * <p>Positioned reads share one stream, which Hadoop allows for any number of threads.
 */
final class TarMembers implements Samples, Closeable {
  /** Label of a file in a tar. */
  interface Labels {
    int label(String name) throws ShardException;
  }

  private record Member(String name, int label, long offset, int length) {}

  private final String archive;
  private final FSDataInputStream in;
  private final List<String> classes;
  private final List<Member> members;

  private TarMembers(
      String archive, FSDataInputStream in, List<String> classes, List<Member> members) {
    this.archive = archive;
    this.in = in;
    this.classes = List.copyOf(classes);
    this.members = List.copyOf(members);
  }

  /** The images of a tar, labeled by their names. */
  static TarMembers of(Inputs inputs, Path tar, Labels labels, List<String> classes)
      throws IOException {
    List<Member> members = new ArrayList<>();
    try (FSDataInputStream in = inputs.open(tar)) {
      TarReader reader = new TarReader(in, tar.toString(), 0, inputs.length(tar));
      collect(reader, labels, members);
    }
    return new TarMembers(tar.toString(), inputs.open(tar), classes, members);
  }

  /** The images of a tar of tars, each named after its class; labels follow the order of names. */
  static TarMembers ofClassTars(Inputs inputs, Path tar) throws IOException {
    SortedMap<String, List<Member>> byClass = new TreeMap<>();
    try (FSDataInputStream in = inputs.open(tar)) {
      TarReader outer = new TarReader(in, tar.toString(), 0, inputs.length(tar));
      Optional<TarHeader> entry = outer.next();
      while (entry.isPresent()) {
        String name = entry.get().name().substring(entry.get().name().lastIndexOf('/') + 1);
        if (!name.endsWith(".tar")) {
          throw new ShardException(
              "Unexpected "
                  + StrictJson.shown(entry.get().name())
                  + " in "
                  + tar
                  + ": it must hold one tar for each class");
        }
        List<Member> members =
            classMembers(inputs, tar, name, outer.dataOffset(), entry.get().size());
        if (byClass.put(name.substring(0, name.length() - ".tar".length()), members) != null) {
          throw new ShardException(
              "Invalid " + tar + ": it holds " + StrictJson.shown(name) + " twice; copy it again");
        }
        entry = outer.next();
      }
    }
    if (byClass.isEmpty()) {
      throw new ShardException("No class tars in " + tar + ": copy it again");
    }
    return new TarMembers(
        tar.toString(), inputs.open(tar), List.copyOf(byClass.keySet()), labeled(byClass));
  }

  private static List<Member> labeled(SortedMap<String, List<Member>> byClass) {
    List<Member> members = new ArrayList<>();
    int label = 0;
    for (List<Member> ofClass : byClass.values()) {
      for (Member member : ofClass) {
        members.add(new Member(member.name, label, member.offset, member.length));
      }
      label++;
    }
    return members;
  }

  private static List<Member> classMembers(
      Inputs inputs, Path tar, String name, long offset, long size) throws IOException {
    List<Member> members = new ArrayList<>();
    try (FSDataInputStream in = inputs.open(tar)) {
      in.seek(offset);
      collect(new TarReader(in, tar + "/" + name, offset, offset + size), file -> 0, members);
    }
    return members;
  }

  private static void collect(TarReader reader, Labels labels, List<Member> into)
      throws IOException {
    Optional<TarHeader> entry = reader.next();
    while (entry.isPresent()) {
      String path = entry.get().name();
      String name = path.substring(path.lastIndexOf('/') + 1);
      long length = entry.get().size();
      if (length > Sample.MAX_BYTES) {
        throw new ShardException(
            "Refused "
                + StrictJson.shown(path)
                + " at byte "
                + reader.dataOffset()
                + " of "
                + reader.archive()
                + ": "
                + length
                + " bytes, more than an image's "
                + Sample.MAX_BYTES
                + "; pack the tar again without it");
      }
      into.add(new Member(name, labels.label(name), reader.dataOffset(), (int) length));
      entry = reader.next();
    }
  }

  List<String> classes() {
    return classes;
  }

  @Override
  public int size() {
    return members.size();
  }

  @Override
  public Sample sample(int index) throws IOException {
    Member member = members.get(index);
    byte[] bytes = new byte[member.length];
    in.readFully(member.offset, bytes, 0, bytes.length);
    return Inputs.sample(archive + "/" + member.name, member.label, bytes);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
