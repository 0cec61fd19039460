package io.earlybird.spark.round;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.spark.serializer.DeserializationStream;
import org.apache.spark.serializer.SerializationStream;
import org.apache.spark.serializer.Serializer;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag;

/**
 * How pieces travel through the shuffle: with the values of slices as they are, which Java's
 * serialization would chop into a thousand bytes at a time.
 *
 * <p>It is sent with the tasks of a round, so that executors need not have it when they start.
 */
final class PieceSerializer extends Serializer implements Serializable {
  private static final long serialVersionUID = 1;

  @Override
  public SerializerInstance newInstance() {
    return new Streams();
  }

  /** Scala declares no exceptions, and Spark takes an {@link java.io.EOFException} for the end. */
  private static RuntimeException undeclared(IOException failure) {
    PieceSerializer.<RuntimeException>raise(failure);
    return new UncheckedIOException(failure); // is not reached
  }

  @SuppressWarnings("unchecked")
  private static <E extends Exception> void raise(IOException failure) throws E {
    throw (E) failure;
  }

  private static UnsupportedOperationException unsupported() {
    return new UnsupportedOperationException(
        "Cannot serialize: streams of slices and pieces are all that a round needs");
  }

  private static final class Streams extends SerializerInstance {
    @Override
    public SerializationStream serializeStream(OutputStream out) {
      return new Out(new DataOutputStream(out));
    }

    @Override
    public DeserializationStream deserializeStream(InputStream in) {
      return new In(new DataInputStream(in));
    }

    @Override
    public <T> ByteBuffer serialize(T value, ClassTag<T> tag) {
      throw unsupported();
    }

    @Override
    public <T> T deserialize(ByteBuffer bytes, ClassTag<T> tag) {
      throw unsupported();
    }

    @Override
    public <T> T deserialize(ByteBuffer bytes, ClassLoader loader, ClassTag<T> tag) {
      throw unsupported();
    }
  }

  private static final class Out extends SerializationStream {
    private final DataOutputStream out;

    Out(DataOutputStream out) {
      this.out = out;
    }

    @Override
    public <T> SerializationStream writeKey(T slice, ClassTag<T> tag) {
      try {
        out.writeInt((Integer) slice);
        return this;
      } catch (IOException e) {
        throw undeclared(e);
      }
    }

    @Override
    public <T> SerializationStream writeValue(T piece, ClassTag<T> tag) {
      try {
        Piece.write((Piece) piece, out);
        return this;
      } catch (IOException e) {
        throw undeclared(e);
      }
    }

    @Override
    public <T> SerializationStream writeObject(T value, ClassTag<T> tag) {
      throw unsupported();
    }

    @Override
    public void flush() {
      try {
        out.flush();
      } catch (IOException e) {
        throw undeclared(e);
      }
    }

    @Override
    public void close() {
      try {
        out.close();
      } catch (IOException e) {
        throw undeclared(e);
      }
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Spark's signatures
  private static final class In extends DeserializationStream {
    private final DataInputStream in;

    In(DataInputStream in) {
      this.in = in;
    }

    @Override
    public <T> T readKey(ClassTag<T> tag) {
      try {
        return (T) (Integer) in.readInt();
      } catch (IOException e) {
        throw undeclared(e);
      }
    }

    @Override
    public <T> T readValue(ClassTag<T> tag) {
      try {
        return (T) Piece.read(in);
      } catch (IOException e) {
        throw undeclared(e);
      }
    }

    @Override
    public <T> T readObject(ClassTag<T> tag) {
      throw unsupported();
    }

    @Override
    public void close() {
      try {
        in.close();
      } catch (IOException e) {
        throw undeclared(e);
      }
    }
  }
}
