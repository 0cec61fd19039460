package io.earlybird.engine.dl4j.onednn;

import java.util.Optional;
import org.bytedeco.dnnl.dnnl_memory_desc;

/**
 * Moves weights between C order, in which the parameters are kept, and the layout that a primitive
 * asked for.
 *
 * <p>The packed copy lies in the context's scratch memory and lives until the next primitive packs:
 * it is small enough to stay in the cache, and nothing grows with the network.
 */
final class PackedWeights implements AutoCloseable {
  private final Context context;
  private final long bytes;
  private final Optional<Reorder> pack;
  private final Optional<Reorder> unpack;

  private PackedWeights(
      Context context, long bytes, Optional<Reorder> pack, Optional<Reorder> unpack) {
    this.context = context;
    this.bytes = bytes;
    this.pack = pack;
    this.unpack = unpack;
  }

  /** For a primitive that reads weights. */
  static PackedWeights read(Context context, dnnl_memory_desc plain, dnnl_memory_desc packed) {
    return new PackedWeights(
        context,
        Layout.bytes(packed),
        Layout.equal(plain, packed)
            ? Optional.empty()
            : Optional.of(new Reorder(context, plain, packed)),
        Optional.empty());
  }

  /** For a primitive that writes the gradient of weights. */
  static PackedWeights written(Context context, dnnl_memory_desc plain, dnnl_memory_desc packed) {
    return new PackedWeights(
        context,
        Layout.bytes(packed),
        Optional.empty(),
        Layout.equal(plain, packed)
            ? Optional.empty()
            : Optional.of(new Reorder(context, packed, plain)));
  }

  /** Address at which a primitive finds the weights that lie at {@code plain}. */
  long packed(long plain) {
    if (pack.isEmpty()) {
      return plain;
    }
    long packed = context.packedWeights().atLeast(bytes);
    pack.get().run(plain, packed);
    return packed;
  }

  /** Address at which a primitive may leave what shall arrive at {@code plain}. */
  long target(long plain) {
    return unpack.isEmpty() ? plain : context.packedWeights().atLeast(bytes);
  }

  /** Brings what the primitive left at {@link #target} to {@code plain}. */
  void arrive(long plain) {
    unpack.ifPresent(reorder -> reorder.run(context.packedWeights().atLeast(bytes), plain));
  }

  @Override
  public void close() {
    pack.ifPresent(Reorder::close);
    unpack.ifPresent(Reorder::close);
  }
}
