package io.earlybird.engine.dl4j.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_set_data_handle;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_execute;
import static org.bytedeco.dnnl.global.dnnl.dnnl_stream_wait;

import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_primitive;

/**
 * A compiled primitive with its argument list, made once and run many times without allocation.
 *
 * <p>Owns its handles until closed; the memory that arguments point at belongs to others.
 */
final class Primitive implements AutoCloseable {
  private final Context context;
  private final Description description;
  private final String action;
  private final dnnl_primitive handle = new dnnl_primitive();
  private final dnnl_memory[] memories;
  private final long[] bound;
  private final dnnl_exec_arg_t arguments;
  private final long scratchpadBytes;
  private final Address address = new Address();

  /**
   * Compiles.
   *
   * @param description what to do; owned by this primitive from here on
   * @param argumentIds {@code DNNL_ARG_...} in the order in which {@link #run} gets addresses
   */
  Primitive(Context context, Description description, int... argumentIds) {
    this.context = context;
    this.description = description;
    this.action = "run " + description.implementation();
    Status.check(dnnl_primitive_create(handle, description.handle()), "compile a primitive");
    scratchpadBytes = description.bytesOf(DNNL_ARG_SCRATCHPAD);
    int count = argumentIds.length + (scratchpadBytes > 0 ? 1 : 0);
    memories = new dnnl_memory[count];
    bound = new long[count];
    arguments = new dnnl_exec_arg_t(count);
    for (int i = 0; i < count; i++) {
      int id = i < argumentIds.length ? argumentIds[i] : DNNL_ARG_SCRATCHPAD;
      memories[i] = new dnnl_memory();
      Status.check(
          dnnl_memory_create(
              memories[i], description.layoutOf(id), context.engine(), address.to(0)),
          "create an argument");
      arguments.position(i).arg(id).memory(memories[i]);
    }
    arguments.position(0);
  }

  Description description() {
    return description;
  }

  /** Runs on the buffers at these addresses, and returns when the work is done. */
  void run(long... addresses) {
    for (int i = 0; i < addresses.length; i++) {
      bind(i, addresses[i]);
    }
    if (scratchpadBytes > 0) {
      bind(addresses.length, context.scratchpad().atLeast(scratchpadBytes));
    }
    Status.check(
        dnnl_primitive_execute(handle, context.stream(), memories.length, arguments), action);
    Status.check(dnnl_stream_wait(context.stream()), "wait for a stream");
  }

  private void bind(int index, long newAddress) {
    if (bound[index] != newAddress) {
      Status.check(
          dnnl_memory_set_data_handle(memories[index], address.to(newAddress)), "bind an argument");
      bound[index] = newAddress;
    }
  }

  @Override
  public void close() {
    for (dnnl_memory memory : memories) {
      dnnl_memory_destroy(memory);
    }
    arguments.close();
    dnnl_primitive_destroy(handle);
    description.close();
  }
}
