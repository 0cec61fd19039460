package io.earlybird.engine.dl4j.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_inner_product_backward_weights_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_inner_product_forward_primitive_desc_create;

/**
 * y' x [O, I] and the sum of the rows of y [O], for x [P, I] and y [P, O]: what an inner product
 * calls the gradients of its kernel and bias, so that y is read once for both.
 */
final class SummedProduct implements AutoCloseable {
  private final Primitive primitive;

  /** Compiles; {@code what} completes "oneDNN cannot ...". */
  SummedProduct(Context context, String what, Layout x, Layout product, Layout y) {
    try (Layout sum = Layout.vector(product.rows());
        Description forward =
            new Description(
                what,
                handle ->
                    dnnl_inner_product_forward_primitive_desc_create(
                        handle,
                        context.engine(),
                        dnnl_forward_training,
                        x.descriptor(),
                        product.descriptor(),
                        sum.descriptor(),
                        y.descriptor(),
                        context.attributes()))) {
      Description description =
          new Description(
              what,
              handle ->
                  dnnl_inner_product_backward_weights_primitive_desc_create(
                      handle,
                      context.engine(),
                      x.descriptor(),
                      product.descriptor(),
                      sum.descriptor(),
                      y.descriptor(),
                      forward.handle(),
                      context.attributes()));
      primitive =
          new Primitive(
              context,
              description,
              DNNL_ARG_SRC,
              DNNL_ARG_DIFF_DST,
              DNNL_ARG_DIFF_WEIGHTS,
              DNNL_ARG_DIFF_BIAS);
    }
  }

  /** Computes, from and to these addresses. */
  void run(long x, long y, long product, long sum) {
    primitive.run(x, y, product, sum);
  }

  @Override
  public void close() {
    primitive.close();
  }
}
