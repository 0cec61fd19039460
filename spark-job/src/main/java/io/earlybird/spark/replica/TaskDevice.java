package io.earlybird.spark.replica;

import io.earlybird.model.engine.Device;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/**
 * The device that Spark's resource scheduling has given to a task.
 *
 * <p>CUDA numbers the devices that a process can see, and {@code CUDA_VISIBLE_DEVICES} says which
 * those are: the engine's device is the position of the task's address among them, or the address
 * itself where all are visible. A task without an address computes on the processor.
 */
final class TaskDevice {
  private static final String GPU = "gpu";
  private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

  private TaskDevice() {}

  /** The device of the task that calls; the processor outside of tasks. */
  static Device current() {
    TaskContext task = TaskContext.get();
    return task == null
        ? Device.cpu()
        : of(task.resourcesJMap(), Optional.ofNullable(System.getenv(VISIBLE)));
  }

  /**
   * The device of a task.
   *
   * @param resources of the task, by name
   * @param visible devices that the process can see, separated by commas; empty if all
   * @throws IllegalStateException if the task has several, or one that the process cannot see
   */
  static Device of(Map<String, ResourceInformation> resources, Optional<String> visible) {
    ResourceInformation gpu = resources.get(GPU);
    if (gpu == null) {
      return Device.cpu();
    }
    if (gpu.addresses().length != 1) {
      throw new IllegalStateException(
          "A task has the GPUs "
              + List.of(gpu.addresses())
              + ": a replica uses one; set spark.task.resource.gpu.amount=1");
    }
    return new Device(Device.Kind.CUDA, index(gpu.addresses()[0], visible));
  }

  private static int index(String address, Optional<String> visible) {
    if (visible.isEmpty()) {
      return number(address);
    }
    int position =
        List.of(visible.get().split(",", -1)).stream()
            .map(String::strip)
            .toList()
            .indexOf(address.strip());
    if (position < 0) {
      throw new IllegalStateException(
          "Spark gave a task the GPU "
              + address
              + ", but the process sees "
              + VISIBLE
              + "="
              + visible.get()
              + ": let the discovery script print what that variable names, or unset it");
    }
    return position;
  }

  private static int number(String address) {
    try {
      return Integer.parseInt(address.strip());
    } catch (NumberFormatException e) {
      throw new IllegalStateException(
          "Spark gave a task the GPU "
              + address
              + ": that is no number of a device; set "
              + VISIBLE
              + ", or let the discovery script print numbers",
          e);
    }
  }
}
