package io.earlybird.engine.dl4j.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_matmul_primitive_desc_create;

import org.bytedeco.dnnl.dnnl_primitive_attr;

/** Primitives for c = a b; they run on the addresses of a, b and c. */
final class MatrixProduct {
  private MatrixProduct() {}

  /** A product that overwrites c; {@code what} completes "oneDNN cannot ...". */
  static Primitive of(Context context, String what, Layout a, Layout b, Layout c) {
    return of(context, what, a, b, c, context.attributes());
  }

  /** A product that ends with the post operations of the attributes. */
  static Primitive of(
      Context context, String what, Layout a, Layout b, Layout c, dnnl_primitive_attr attributes) {
    Description description =
        new Description(
            what,
            handle ->
                dnnl_matmul_primitive_desc_create(
                    handle,
                    context.engine(),
                    a.descriptor(),
                    b.descriptor(),
                    null,
                    c.descriptor(),
                    attributes));
    return new Primitive(context, description, DNNL_ARG_SRC, DNNL_ARG_WEIGHTS, DNNL_ARG_DST);
  }
}
