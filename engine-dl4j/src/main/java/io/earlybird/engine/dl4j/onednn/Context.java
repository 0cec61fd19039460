package io.earlybird.engine.dl4j.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_engine_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_engine_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_append_binary;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_append_eltwise;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_append_sum;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_set_deterministic;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_set_post_ops;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_set_scratchpad_mode;
import static org.bytedeco.dnnl.global.dnnl.dnnl_scratchpad_mode_user;
import static org.bytedeco.dnnl.global.dnnl.dnnl_stream_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_stream_default_flags;
import static org.bytedeco.dnnl.global.dnnl.dnnl_stream_destroy;

import io.earlybird.engine.dl4j.kernels.Activation;
import io.earlybird.engine.dl4j.kernels.HostThreads;
import java.util.function.ToIntFunction;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * What all primitives of one thread of use share: engine, stream, attributes and scratch memory.
 *
 * <p>Owns all of it until closed. Not for two threads at once.
 */
final class Context implements AutoCloseable {
  private final DataType type;
  private final HostThreads threads;
  private final dnnl_engine engine = new dnnl_engine();
  private final dnnl_stream stream = new dnnl_stream();
  private final dnnl_primitive_attr plain = new dnnl_primitive_attr();
  private final dnnl_primitive_attr rectified = new dnnl_primitive_attr();
  private final dnnl_primitive_attr adding = new dnnl_primitive_attr();
  private final Scratch scratchpad = new Scratch();
  private final Scratch packedWeights = new Scratch();
  private final Scratch windows = new Scratch();
  private final Scratch squares = new Scratch();
  private final Scratch inputPoints = new Scratch();
  private final Scratch outputPoints = new Scratch();
  private final Scratch kernelPoints = new Scratch();
  private final Scratch kernelGradientPoints = new Scratch();

  /**
   * Prepares.
   *
   * @param type of activations, of their gradients, and of weights as primitives read them
   * @param threads for passes over memory without a primitive; closed by the caller
   */
  Context(DataType type, HostThreads threads) {
    this.type = type;
    this.threads = threads;
    Status.check(dnnl_engine_create(engine, dnnl_cpu, 0), "create a processor engine");
    Status.check(dnnl_stream_create(stream, engine, dnnl_stream_default_flags), "create a stream");
    createAttributes(plain);
    createAttributes(rectified);
    createAttributes(adding);
    endWith(
        rectified, postOps -> dnnl_post_ops_append_eltwise(postOps, dnnl.dnnl_eltwise_relu, 0, 0));
    endWith(adding, postOps -> dnnl_post_ops_append_sum(postOps, 1, 0, dnnl.dnnl_data_type_undef));
  }

  private static void endWith(
      dnnl_primitive_attr attributes, ToIntFunction<dnnl_post_ops> operation) {
    dnnl_post_ops postOps = new dnnl_post_ops();
    Status.check(dnnl_post_ops_create(postOps), "create post operations");
    Status.check(operation.applyAsInt(postOps), "append a post operation");
    Status.check(dnnl_primitive_attr_set_post_ops(attributes, postOps), "set post operations");
    Status.check(dnnl_post_ops_destroy(postOps), "free post operations");
  }

  private static void createAttributes(dnnl_primitive_attr attributes) {
    Status.check(dnnl_primitive_attr_create(attributes), "create attributes");
    Status.check(
        dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user),
        "use the caller's scratchpad");
    Status.check(dnnl_primitive_attr_set_deterministic(attributes, 1), "be deterministic");
  }

  /** Type of activations, of their gradients, and of weights as primitives read them. */
  DataType type() {
    return type;
  }

  /** Threads for passes over memory that no primitive does. */
  HostThreads threads() {
    return threads;
  }

  dnnl_engine engine() {
    return engine;
  }

  dnnl_stream stream() {
    return stream;
  }

  /** Attributes without post operations: scratchpad of the caller, deterministic. */
  dnnl_primitive_attr attributes() {
    return plain;
  }

  /** Attributes of a primitive that ends with the activation. */
  dnnl_primitive_attr attributes(Activation activation) {
    return switch (activation) {
      case IDENTITY -> plain;
      case RELU -> rectified;
    };
  }

  /** Attributes of a primitive that adds its result to what lies at its destination. */
  dnnl_primitive_attr adding() {
    return adding;
  }

  /**
   * Attributes of a primitive that adds an array to its result and then applies the activation; the
   * caller destroys them.
   */
  dnnl_primitive_attr attributesAdding(Layout term, Activation activation) {
    dnnl_primitive_attr attributes = new dnnl_primitive_attr();
    createAttributes(attributes);
    endWith(
        attributes,
        postOps ->
            switch (activation) {
              case IDENTITY -> appendTerm(postOps, term);
              case RELU ->
                  appendTerm(postOps, term)
                      | dnnl_post_ops_append_eltwise(postOps, dnnl.dnnl_eltwise_relu, 0, 0);
            });
    return attributes;
  }

  private static int appendTerm(dnnl_post_ops postOps, Layout term) {
    return dnnl_post_ops_append_binary(postOps, dnnl.dnnl_binary_add, term.descriptor());
  }

  /** Frees attributes that the caller has to. */
  static void destroy(dnnl_primitive_attr attributes) {
    Status.check(dnnl_primitive_attr_destroy(attributes), "free attributes");
  }

  /** Working memory of the primitive that runs now. */
  Scratch scratchpad() {
    return scratchpad;
  }

  /** Weights in the layout that the primitive that runs now asked for. */
  Scratch packedWeights() {
    return packedWeights;
  }

  /** Windows of the activation that the primitive that runs now reads. */
  Scratch windows() {
    return windows;
  }

  /** A matrix [I, I] of the normalized product that runs now. */
  Scratch squares() {
    return squares;
  }

  /** Points of the activation that the convolution that runs now reads. */
  Scratch inputPoints() {
    return inputPoints;
  }

  /** Points of the activation that the convolution that runs now writes, or of its gradient. */
  Scratch outputPoints() {
    return outputPoints;
  }

  /** Points of the kernel of the convolution that runs now. */
  Scratch kernelPoints() {
    return kernelPoints;
  }

  /** Gradients at the points of the kernel of the convolution that runs now. */
  Scratch kernelGradientPoints() {
    return kernelGradientPoints;
  }

  @Override
  public void close() {
    scratchpad.close();
    packedWeights.close();
    windows.close();
    squares.close();
    inputPoints.close();
    outputPoints.close();
    kernelPoints.close();
    kernelGradientPoints.close();
    dnnl_primitive_attr_destroy(plain);
    dnnl_primitive_attr_destroy(rectified);
    dnnl_primitive_attr_destroy(adding);
    dnnl_stream_destroy(stream);
    dnnl_engine_destroy(engine);
  }
}
