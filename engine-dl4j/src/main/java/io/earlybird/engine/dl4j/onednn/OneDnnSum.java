package io.earlybird.engine.dl4j.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_add;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_primitive_desc_create;

import io.earlybird.engine.dl4j.kernels.Activation;
import io.earlybird.engine.dl4j.kernels.Dims;
import io.earlybird.engine.dl4j.kernels.SumKernel;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Sum from left to right by binary additions, the last of which applies the activation. */
final class OneDnnSum implements SumKernel, NativeKernel {
  private final Context context;
  private final Dims dims;
  private final Layout layout;
  private final Primitive inner;
  private final Primitive last;

  OneDnnSum(Context context, Dims dims, Activation activation) {
    this.context = context;
    this.dims = dims;
    layout = Layout.activations(context.type(), dims);
    inner = addition(Activation.IDENTITY);
    last = addition(activation);
  }

  private Primitive addition(Activation activation) {
    Description description =
        new Description(
            "add " + dims,
            handle ->
                dnnl_binary_primitive_desc_create(
                    handle,
                    context.engine(),
                    dnnl_binary_add,
                    layout.descriptor(),
                    layout.descriptor(),
                    layout.descriptor(),
                    context.attributes(activation)));
    return new Primitive(context, description, DNNL_ARG_SRC_0, DNNL_ARG_SRC_1, DNNL_ARG_DST);
  }

  @Override
  public void forward(List<INDArray> xs, INDArray y) {
    long sum = Address.of(xs.get(0));
    for (int i = 1; i < xs.size(); i++) {
      Primitive add = i < xs.size() - 1 ? inner : last;
      add.run(sum, Address.of(xs.get(i)), Address.of(y));
      sum = Address.of(y);
    }
  }

  @Override
  public void close() {
    inner.close();
    last.close();
    layout.close();
  }
}
