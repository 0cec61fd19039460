package io.earlybird.data.ingest;

import io.earlybird.data.shard.ShardException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * As much of MATLAB's level 5 MAT-file format as the devkit's {@code meta.mat} needs: one array of
 * structures with numbers and strings.
 */
final class MatFile {
  private static final int HEADER_BYTES = 128;
  private static final int BYTE_ORDER_MARK = 0x4d49;
  private static final int MATRIX = 14;
  private static final int COMPRESSED = 15;
  private static final int STRUCTURE_CLASS = 2;
  private static final int CHARACTER_CLASS = 4;

  /** The format's own limit is 63 characters and a zero. */
  private static final int MAX_FIELD_NAME = 64;

  /** A WordNet id has 9 characters. */
  private static final int MAX_TEXT = 64;

  /** Many times what the file has when it is unpacked. */
  private static final int MAX_UNPACKED_BYTES = 1 << 26;

  private MatFile() {}

  /** ILSVRC2012_ID to WNID, from the structures of {@code meta.mat}. */
  static Map<Integer, String> wordNetIds(byte[] file) throws IOException {
    try {
      ByteBuffer in = ByteBuffer.wrap(file).position(HEADER_BYTES - 2).slice();
      in.order(ByteOrder.LITTLE_ENDIAN);
      if ((in.getShort() & 0xffff) != BYTE_ORDER_MARK) {
        in.order(ByteOrder.BIG_ENDIAN);
      }
      Map<Integer, String> ids = new HashMap<>();
      int room = MAX_UNPACKED_BYTES;
      while (in.remaining() >= 8) {
        Element element = Element.next(in);
        if (element.type == COMPRESSED) {
          ByteBuffer plain = inflated(element.data, room);
          room -= plain.remaining();
          element = Element.next(plain);
        }
        collect(element, ids);
      }
      if (ids.isEmpty()) {
        throw new ShardException(
            "Invalid meta.mat: no structures with ILSVRC2012_ID and WNID; copy the devkit again");
      }
      return ids;
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new ShardException("Invalid meta.mat: it is cut off; copy the devkit again", e);
    } catch (IllegalArgumentException | ZipException | EOFException e) {
      throw new ShardException(
          "Invalid meta.mat: " + e.getMessage() + "; copy the devkit again", e);
    }
  }

  private static ByteBuffer inflated(ByteBuffer data, int most) throws IOException {
    byte[] compressed = new byte[data.remaining()];
    data.get(compressed);
    byte[] plain =
        Inputs.bounded(
            new InflaterInputStream(new ByteArrayInputStream(compressed)), "meta.mat", most);
    return ByteBuffer.wrap(plain).order(data.order());
  }

  private static void collect(Element element, Map<Integer, String> into) {
    if (element.type != MATRIX || !element.data.hasRemaining()) {
      return;
    }
    ByteBuffer in = element.data;
    int kind = Element.next(in).data.getInt() & 0xff;
    int count = count(Element.next(in));
    Element.next(in);
    if (kind != STRUCTURE_CLASS) {
      return;
    }
    int nameLength = Element.next(in).data.getInt();
    List<String> fields = names(Element.next(in).data, nameLength);
    if (fields.isEmpty()) {
      return;
    }
    for (int i = 0; i < count; i++) {
      Map<String, Element> values = new HashMap<>();
      for (String field : fields) {
        values.put(field, Element.next(in));
      }
      if (values.containsKey("ILSVRC2012_ID") && values.containsKey("WNID")) {
        into.put(number(values.get("ILSVRC2012_ID")), text(values.get("WNID")));
      }
    }
  }

  private static int count(Element dimensions) {
    int count = 1;
    while (dimensions.data.hasRemaining()) {
      count *= dimensions.data.getInt();
    }
    return count;
  }

  private static List<String> names(ByteBuffer data, int length) {
    if (length < 1 || length > MAX_FIELD_NAME) {
      throw new IllegalArgumentException("Field names of " + length + " characters");
    }
    List<String> names = new ArrayList<>();
    byte[] name = new byte[length];
    while (data.remaining() >= length) {
      data.get(name);
      names.add(new String(name, StandardCharsets.US_ASCII).split("\0", 2)[0]);
    }
    return names;
  }

  /** The values of a matrix after its flags, dimensions and name. */
  private static Element values(Element matrix) {
    ByteBuffer in = matrix.data;
    Element.next(in);
    Element.next(in);
    Element.next(in);
    return Element.next(in);
  }

  private static int number(Element matrix) {
    return (int) values(matrix).number();
  }

  private static String text(Element matrix) {
    int kind = matrix.data.slice().order(matrix.data.order()).getInt(8) & 0xff;
    if (kind != CHARACTER_CLASS) {
      throw new IllegalArgumentException("WNID is no text");
    }
    Element values = values(matrix);
    StringBuilder text = new StringBuilder();
    while (values.data.hasRemaining()) {
      if (text.length() == MAX_TEXT) {
        throw new IllegalArgumentException("WNID is no WordNet id, but a long text");
      }
      text.append((char) values.number());
    }
    return text.toString();
  }

  /** A tagged piece of data. */
  private static final class Element {
    private final int type;
    private final ByteBuffer data;

    Element(int type, ByteBuffer data) {
      this.type = type;
      this.data = data;
    }

    /** Reads a tag and its data, in the short form too; pads to 8 bytes. */
    static Element next(ByteBuffer in) {
      int word = in.getInt();
      boolean small = word >>> 16 != 0;
      int size = small ? word >>> 16 : in.getInt();
      int start = in.position();
      if (size < 0 || size > in.remaining()) {
        throw new IllegalArgumentException("An element of " + size + " bytes passes the end");
      }
      ByteBuffer data = in.slice(start, size).order(in.order());
      int type = small ? word & 0xffff : word;
      int padded = small ? 4 : type == COMPRESSED ? size : (size + 7) / 8 * 8;
      in.position(Math.min(start + padded, in.limit()));
      return new Element(type, data);
    }

    /** The next number of the data. */
    double number() {
      return switch (type) {
        case 1 -> data.get();
        case 2, 16 -> data.get() & 0xff;
        case 3 -> data.getShort();
        case 4, 17 -> data.getShort() & 0xffff;
        case 5, 6 -> data.getInt();
        case 7 -> data.getFloat();
        case 9 -> data.getDouble();
        default -> throw new IllegalArgumentException("Unknown kind of number " + type);
      };
    }
  }
}
