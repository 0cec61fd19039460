package io.earlybird.data.shard;

import io.earlybird.model.json.StrictJson;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Walks over the regular files of a tar archive, or of one inside another, and trusts none of it: a
 * size beyond the end, a link, an absolute name or one with {@code ..} is refused.
 *
 * <p>Folders are passed over, as are the extra headers of PAX archives that say neither name nor
 * size. The stream is not closed.
 */
public final class TarReader {
  private static final int MAX_EXTRA_BYTES = 1 << 20;

  private final InputStream in;
  private final String archive;
  private final long end;
  private long position;
  private TarHeader current;
  private long dataStart;

  /**
   * A reader.
   *
   * @param in at byte {@code start}, of an archive that ends before {@code end}
   * @param archive its name, for messages
   */
  public TarReader(InputStream in, String archive, long start, long end) {
    this.in = in;
    this.archive = archive;
    this.position = start;
    this.end = end;
  }

  /**
   * Moves to the next regular file; empty at the end of the archive.
   *
   * @throws ShardException if the archive is damaged, cut off, or holds something that is refused
   */
  public Optional<TarHeader> next() throws IOException {
    skipTo(current == null ? position : dataStart + current.paddedSize());
    while (true) {
      current = header();
      if (current == null) {
        return Optional.empty();
      }
      if (current.isFile()) {
        checkName();
        return Optional.of(current);
      }
      switch (current.type()) {
        case 'x', 'g' -> checkExtra();
        case '5' -> skipTo(dataStart + current.paddedSize());
        default ->
            throw new ShardException(
                "Cannot read "
                    + where()
                    + ": entry '"
                    + shownName()
                    + "' is of kind '"
                    + StrictJson.shown(current.type())
                    + "', not a regular file; pack the files again with"
                    + " tar --format=ustar --dereference");
      }
    }
  }

  /** Name of the archive, for messages. */
  public String archive() {
    return archive;
  }

  /** Offset of the data of the current file in the stream. */
  public long dataOffset() {
    return dataStart;
  }

  /**
   * Data of the current file; once, and before the next.
   *
   * @param most bytes that such a file can have
   * @throws ShardException if it has more
   */
  public byte[] data(int most) throws IOException {
    if (current.size() > most) {
      throw new ShardException(
          "Refused tar entry '"
              + shownName()
              + "' at byte "
              + dataStart
              + " of "
              + archive
              + ": "
              + current.size()
              + " bytes, more than "
              + most
              + "; leave it out");
    }
    return bytes((int) current.size());
  }

  private String shownName() {
    return StrictJson.shown(current.name());
  }

  private TarHeader header() throws IOException {
    if (end - position < TarHeader.BLOCK) {
      throw new ShardException(
          "Truncated tar "
              + archive
              + ": it ends at byte "
              + position
              + " without an end mark; copy it again");
    }
    String where = where();
    byte[] block = bytes(TarHeader.BLOCK);
    if (TarHeader.isEnd(block)) {
      return null;
    }
    TarHeader header = TarHeader.parse(block, where);
    dataStart = position;
    if (header.size() < 0 || header.size() > end - position) {
      throw new ShardException(
          "Truncated tar "
              + archive
              + ": entry '"
              + StrictJson.shown(header.name())
              + "' at byte "
              + position
              + " has "
              + header.size()
              + " bytes, the archive only "
              + (end - position)
              + " more; copy it again");
    }
    return header;
  }

  private void checkName() throws ShardException {
    String name = current.name();
    boolean climbs = false;
    for (String part : name.split("/", -1)) {
      climbs |= part.equals("..");
    }
    boolean plain = name.chars().noneMatch(c -> Character.isISOControl(c) || c == '\\');
    if (name.isEmpty() || name.startsWith("/") || name.endsWith("/") || climbs || !plain) {
      throw new ShardException(
          "Refused tar entry '"
              + shownName()
              + "' in "
              + archive
              + " at byte "
              + dataStart
              + ": its name leads out of the archive, or is none of a file");
    }
  }

  private void checkExtra() throws IOException {
    String where = where();
    String text = new String(data(MAX_EXTRA_BYTES), StandardCharsets.UTF_8);
    if (text.contains(" path=") || text.contains(" size=")) {
      throw new ShardException(
          "Cannot read "
              + where
              + ": it has long names in PAX headers; pack the files again with"
              + " tar --format=ustar");
    }
    skipTo(dataStart + current.paddedSize());
  }

  private String where() {
    return archive + " at byte " + position;
  }

  private byte[] bytes(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new ShardException(
          "Truncated tar "
              + archive
              + ": it ends at byte "
              + (position + bytes.length)
              + "; copy it again");
    }
    position += length;
    return bytes;
  }

  private void skipTo(long target) throws IOException {
    if (target > end) {
      throw new ShardException(
          "Truncated tar "
              + archive
              + ": it ends at byte "
              + end
              + ", within an entry;"
              + " copy it again");
    }
    try {
      in.skipNBytes(target - position);
    } catch (EOFException e) {
      throw new ShardException("Truncated tar " + archive + ": copy it again", e);
    }
    position = target;
  }
}
