package io.earlybird.engine.dl4j.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;
import static org.bytedeco.dnnl.global.dnnl.dnnl_reorder_primitive_desc_create;

import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_attr;

/** Copies a buffer into another layout. */
final class Reorder implements AutoCloseable {
  private final Primitive primitive;

  Reorder(Context context, dnnl_memory_desc from, dnnl_memory_desc to) {
    this(context, from, to, context.attributes());
  }

  /** A copy that ends with the post operations of the attributes. */
  Reorder(
      Context context, dnnl_memory_desc from, dnnl_memory_desc to, dnnl_primitive_attr attributes) {
    Description description =
        new Description(
            "copy into another layout",
            handle ->
                dnnl_reorder_primitive_desc_create(
                    handle, from, context.engine(), to, context.engine(), attributes));
    primitive = new Primitive(context, description, DNNL_ARG_FROM, DNNL_ARG_TO);
  }

  void run(long from, long to) {
    primitive.run(from, to);
  }

  @Override
  public void close() {
    primitive.close();
  }
}
