package io.earlybird.engine.dl4j.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_query;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_query_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_exec_arg_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_impl_info_str;

import java.util.function.ToIntFunction;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/** What a primitive will do, and which implementation oneDNN chose; owns its handle. */
final class Description implements AutoCloseable {
  private final dnnl_primitive_desc handle = new dnnl_primitive_desc();

  /**
   * Asks oneDNN.
   *
   * @param what completes "oneDNN cannot ..."
   * @param create fills the handle that it is given, and returns the status
   */
  Description(String what, ToIntFunction<dnnl_primitive_desc> create) {
    Status.check(create.applyAsInt(handle), what);
  }

  dnnl_primitive_desc handle() {
    return handle;
  }

  /** Layout of an argument ({@code DNNL_ARG_...}); valid while this is open. */
  dnnl_memory_desc layoutOf(int argument) {
    return dnnl_primitive_desc_query_md(handle, dnnl_query_exec_arg_md, argument);
  }

  /** Bytes of an argument; 0 if the primitive has no such argument. */
  long bytesOf(int argument) {
    dnnl_memory_desc layout = layoutOf(argument);
    return layout == null ? 0 : Layout.bytes(layout);
  }

  /** Name of the implementation, for example {@code brgconv:avx512_core}. */
  String implementation() {
    try (PointerPointer<BytePointer> name = new PointerPointer<>(1)) {
      Status.check(
          dnnl_primitive_desc_query(handle, dnnl_query_impl_info_str, 0, name),
          "name an implementation");
      return name.get(BytePointer.class).getString();
    }
  }

  @Override
  public void close() {
    dnnl_primitive_desc_destroy(handle);
  }
}
